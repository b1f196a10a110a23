import { Inject, Injectable } from '@nestjs/common';
import { ReleaseStore } from '#libs/persistence/stores/release-store.js';
import { CommandRunner } from '../http/command-runner.js';
import { SERVICES, type Services } from '../http/services.js';
import { StoreRunner } from '../http/store-runner.js';

/** Runs an act at a post in one transaction over the posts' store. */
@Injectable()
export class CaseRunner extends StoreRunner<ReleaseStore> {
  constructor(@Inject(SERVICES) { tools, books }: Services, @Inject(CommandRunner) commands: CommandRunner) {
    super(tools.pool, commands, (sql, actor) => new ReleaseStore(sql, tools.ids, actor, books));
  }
}
