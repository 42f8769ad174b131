export type { AccountKind, ChatResponse, LoginMethod, ResponseHours, ResponseSettings } from '../account/model.js'
export type { AccountRole, ChannelRole, ProviderRole } from '../account/roles.js'
export type { Account, CreateAccountOptions, OfficialAccount } from './account.js'
export type { Admin } from './admin.js'
export type { AccountAudiences, AddAudienceOptions } from './audience/admin.js'
export type { ClockChoice, EmulatorClock } from './clock.js'
export type { BusinessIdActions, BusinessIds } from './consoles/business-id/business-id.js'
export type { BusinessId, Developer, RegisterOptions } from './consoles/business-id/identity.js'
export type { LineInvitation } from './consoles/business-id/line-invitations.js'
export type { Phone } from './consoles/business-id/phone.js'
export type { SignInRecord } from './consoles/business-id/security.js'
export type { Browser, Session, SignedInDevice } from './consoles/business-id/sessions.js'
export type { SignIn, SignInForm } from './consoles/business-id/sign-in.js'
export type { ConsoleOptions, Mail } from './consoles/console-state.js'
export type { ChannelActions, ChannelPage } from './consoles/developers/channel-actions.js'
export type { Region } from './consoles/developers/channel-profile.js'
export type { Console, ConsoleActions } from './consoles/developers/console.js'
export type { LoginChannelActions, LoginChannelForm } from './consoles/developers/login-channel-actions.js'
export type {
  ListedChannel,
  ProviderActions,
  ProviderPage,
  RoleHolder,
} from './consoles/developers/provider-actions.js'
export type { ChannelReference, ChannelRoleActions } from './consoles/developers/role-actions.js'
export type { VerifyResult, WebhookActions } from './consoles/developers/webhook-actions.js'
export type { AccountActions, AccountForm, AccountHome, AccountProfile } from './consoles/manager/account-actions.js'
export type { Manager, ManagerActions } from './consoles/manager/manager.js'
export type { Member, MemberActions } from './consoles/manager/member-actions.js'
export type { EnableForm, MessagingApiActions, MessagingApiPage } from './consoles/manager/messaging-api-actions.js'
export type { ResponseActions } from './consoles/manager/response-actions.js'
export { type ConsoleReason, LineConsoleRefusal } from './consoles/refusal.js'
export type { ConnectReceiverOptions } from './delivery/connect.js'
export type { SendOptions } from './delivery/delivery.js'
export { createEmulator, type Emulator, type EmulatorOptions } from './emulator.js'
export type { ConsoleFaults, DeliveryFaults, Fault, FaultAnswer, Faults } from './faults.js'
export type { InsightFigures } from './insight/figures.js'
export type { AppTokenOptions, LiffTokens, NativeTokens } from './login/app-tokens.js'
export type { LoginAnswers } from './login/as-person.js'
export type { CreateLoginChannelOptions, LoginAppType, LoginChannel, LoginChannelSettings } from './login/channel.js'
export type { LoginWay } from './login/flow.js'
export type { Membership, OfferMembershipOptions } from './messaging/membership.js'
export type { RichMenuShown } from './messaging/rich-menu.js'
export type { MiniApp, ServiceMessage } from './mini-app.js'
export type { CreateModuleChannelOptions, ModuleChannel } from './module/channels.js'
export type { ModuleWebhookSettings } from './module/webhook.js'
export type { PersonActs } from './people/acts.js'
export type { CreateGroupOptions, CreateRoomOptions, Group, Room, SharedChat } from './people/group.js'
export type { LiffSendMessage } from './people/liff-messages.js'
export type {
  PersonAudioMessage,
  PersonEmoji,
  PersonFile,
  PersonFileMessage,
  PersonImageMessage,
  PersonLocationMessage,
  PersonMessage,
  PersonStickerMessage,
  PersonTextMessage,
  PersonVideoMessage,
} from './people/message.js'
export type { CreatePersonOptions, Person } from './people/person.js'
export type { PersonTaps, Tapped } from './people/taps.js'
export type { EmulatorCall } from './platform/calls.js'
export type { OperationName } from './platform/platform.js'
export type { EmulatorServer } from './platform/server.js'
export type { PurchaseReport, Purchases } from './purchases.js'
export type { AccountSettings } from './settings.js'
export type { MissionStickerState, MissionStickers } from './shop.js'
export type {
  AccountEntry,
  ChatEntry,
  DeliveryReason,
  DeliveryReport,
  NotificationConsent,
  PersonAttributes,
  PersonEntry,
  Provider,
  SentVia,
  TemplatedNotification,
  WebhookTarget,
} from './state.js'
