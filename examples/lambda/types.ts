// AWS's own types accept the handler, for all it may stand behind.
import type { ALBHandler, APIGatewayProxyHandler, APIGatewayProxyHandlerV2, LambdaFunctionURLHandler } from 'aws-lambda'
import { handler } from './handler.ts'

export const behind: [APIGatewayProxyHandler, APIGatewayProxyHandlerV2, LambdaFunctionURLHandler, ALBHandler] = [
  handler,
  handler,
  handler,
  handler,
]
