import { Controller, Get, Inject, ServiceUnavailableException } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { statusView } from '#libs/contracts/http/views.js';
import { Answers } from '../http/answers.decorator.js';
import { Needs } from '../http/permission.decorator.js';
import { SERVICES, type Services } from '../http/services.js';

@ApiTags('system')
@Controller()
export class SystemController {
  constructor(@Inject(SERVICES) private readonly services: Services) {}

  @Get('health')
  @Answers(200, statusView, 'It lives')
  @Needs('public')
  @ApiOperation({ summary: 'The process lives' })
  health() {
    return { status: 'ok' };
  }

  @Get('ready')
  @Answers(200, statusView, 'It can serve')
  @Needs('public')
  @ApiOperation({ summary: 'The process can serve: its database answers' })
  async ready() {
    if (!(await this.services.ready())) throw new ServiceUnavailableException('the database does not answer');
    return { status: 'ready' };
  }
}
