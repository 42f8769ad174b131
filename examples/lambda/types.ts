// Checks that the handler fits AWS's types for every kind of trigger.
import type { ALBHandler, APIGatewayProxyHandler, APIGatewayProxyHandlerV2, LambdaFunctionURLHandler } from 'aws-lambda'
import { handler } from './handler.ts'

export const handlers: [APIGatewayProxyHandler, APIGatewayProxyHandlerV2, LambdaFunctionURLHandler, ALBHandler] = [
  handler,
  handler,
  handler,
  handler,
]
