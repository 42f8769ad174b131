// What the receiver and its workers share: the queue's name and the Redis, which also remembers what has been handled.
import { Redis } from 'ioredis'

export const queueName = 'line-deliveries'

// BullMQ's workers ask for this setting.
export const connect = (): Redis =>
  new Redis(process.env['REDIS_URL'] ?? 'redis://127.0.0.1:6379', { maxRetriesPerRequest: null })
