// Shared by the receiver and its workers: the name of the queue, and the Redis connection, which also stores the handled events.
import { Redis } from 'ioredis'

export const queueName = 'line-deliveries'

// BullMQ's workers require this setting.
export const connect = (): Redis =>
  new Redis(process.env['REDIS_URL'] ?? 'redis://127.0.0.1:6379', { maxRetriesPerRequest: null })
