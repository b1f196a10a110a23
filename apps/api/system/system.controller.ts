import { Controller, Get, Inject, ServiceUnavailableException } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Needs } from '../http/permission.decorator.js';
import { SERVICES, type Services } from '../http/services.js';

@ApiTags('system')
@Controller()
export class SystemController {
  constructor(@Inject(SERVICES) private readonly services: Services) {}

  @Get('health')
  @Needs('public')
  @ApiOperation({ summary: 'The process lives' })
  health() {
    return { status: 'ok' };
  }

  @Get('ready')
  @Needs('public')
  @ApiOperation({ summary: 'The process can serve: its database answers' })
  async ready() {
    if (!(await this.services.ready())) throw new ServiceUnavailableException('the database does not answer');
    return { status: 'ready' };
  }
}
