export { type Downloaded, downloadTo } from './download.js'
