// Nine typical calls of a bot. budgets.ts limits what their types cost the compiler.
import { createLineClient, each } from 'line-oa'

const line = createLineClient({ channelId: '1', channelSecret: 's' })

export async function nineCalls(userId: string, groupId: string): Promise<readonly unknown[]> {
  const bubble = {
    type: 'bubble',
    body: { type: 'box', layout: 'vertical', contents: [{ type: 'text', text: 'tea' }] },
  } as const
  const sent = await line.messaging.pushMessage({
    to: userId,
    messages: [{ type: 'flex', altText: 'tea', contents: bubble }],
  })
  await line.messaging.multicast({ to: [userId], messages: [{ type: 'text', text: 'hello' }] })
  const narrowcast = await line.withResponse.messaging.narrowcast({
    messages: [{ type: 'sticker', packageId: '1', stickerId: '1' }],
    recipient: { type: 'operator', not: { type: 'audience', audienceGroupId: 1 } },
  })
  const { displayName } = await line.messaging.getProfile({ userId })
  const { groupName } = await line.messaging.getGroupSummary({ groupId })
  const followers: string[] = []
  for await (const follower of each(line.messaging.getFollowers, { limit: 1000 })) followers.push(follower)
  const { richMenuId } = await line.messaging.createRichMenu({
    size: { width: 2500, height: 1686 },
    selected: true,
    name: 'tea',
    chatBarText: 'Menu',
    areas: [{ bounds: { x: 0, y: 0, width: 2500, height: 1686 }, action: { type: 'message', text: 'tea' } }],
  })
  const { audienceGroupId } = await line.audience.createAudienceGroup({
    description: 'spring',
    audiences: [{ id: userId }],
  })
  const { overview } = await line.insight.getMessageEvent({ requestId: narrowcast.requestId ?? '' })
  return [sent.sentMessages, displayName, groupName, followers, richMenuId, audienceGroupId, overview.uniqueClick]
}
