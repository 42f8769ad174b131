export type { Account, CreateAccountOptions, OfficialAccount } from './account.js'
export type { AccountAudiences, AddAudienceOptions } from './audience/console.js'
export type { Backstage } from './backstage.js'
export type { ClockChoice, EmulatorClock } from './clock.js'
export type { Console, ConsolePages } from './console.js'
export type { AccountForm, AccountHome, AccountPages, AccountProfile } from './consoles/account-pages.js'
export type { AccountRole } from './consoles/account-roles.js'
export type { BusinessIdPages, BusinessIds } from './consoles/business-id.js'
export type { ChannelPage, ChannelPages } from './consoles/channel-pages.js'
export type { Region } from './consoles/channel-profile.js'
export type { ChannelReference, ChannelRolePages } from './consoles/channel-role-pages.js'
export type { ChannelRole, ProviderRole } from './consoles/console-roles.js'
export type { ConsoleFaults } from './consoles/faults.js'
export type { BusinessId, Developer, LoginMethod, RegisterOptions } from './consoles/identity.js'
export type { LoginChannelForm, LoginChannelPages } from './consoles/login-channel-pages.js'
export type { Mail } from './consoles/mail.js'
export type { Manager, ManagerPages } from './consoles/manager.js'
export type { Member, MemberPages } from './consoles/member-pages.js'
export type { EnableForm, MessagingApiPage, MessagingApiPages } from './consoles/messaging-api-pages.js'
export type { ConsoleOptions } from './consoles/office.js'
export type { Phone } from './consoles/phone.js'
export type { ListedChannel, ProviderPage, ProviderPages, RoleHolder } from './consoles/provider-pages.js'
export { type ConsoleReason, LineConsoleRefusal } from './consoles/refusal.js'
export type { ResponseSettings } from './consoles/response.js'
export type { ResponsePages } from './consoles/response-pages.js'
export type { Browser, Session, SignIn, SignInForm } from './consoles/sign-in.js'
export type { VerifyResult, WebhookPages } from './consoles/webhook-pages.js'
export { createEmulator, type Emulator, type EmulatorOptions } from './emulator.js'
export type { DeliveryFaults, Fault, FaultAnswer, Faults } from './faults.js'
export type { CreateGroupOptions, CreateRoomOptions, Group, Room, SharedChat } from './group.js'
export type { InsightFigures } from './insight/figures.js'
export type { AppTokenOptions, LiffTokens, NativeTokens } from './login/app-tokens.js'
export type { LoginAnswers } from './login/as-person.js'
export type { LoginWay } from './login/flow.js'
export type { LoginAppType, LoginChannelSettings } from './login/settings.js'
export type { CreateLoginChannelOptions, LoginChannel } from './login-channel.js'
export type { Membership, OfferMembershipOptions } from './memberships.js'
export type { MiniApp, ServiceMessage } from './mini-app/mini-apps.js'
export type { CreateModuleChannelOptions, ModuleChannel } from './module/channels.js'
export type { CreatePersonOptions, Person } from './person.js'
export type { PersonActs } from './person-acts.js'
export type { OperationName } from './records.js'
export type { RichMenuShown } from './rich-menus.js'
export type { EmulatorServer } from './server.js'
export type { AccountKind, AccountSettings, ChatResponse, ResponseHours } from './settings.js'
export type { MissionStickerState, MissionStickers } from './shop/handlers.js'
export type {
  ChatEntry,
  DeliveryReason,
  DeliveryReport,
  NotificationConsent,
  PersonAttributes,
  PersonFile,
  PersonMessage,
  Provider,
  Receiver,
  TemplatedNotification,
} from './state.js'
