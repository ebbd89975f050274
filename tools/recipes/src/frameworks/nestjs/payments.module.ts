import {
  Controller,
  Get,
  Inject,
  Injectable,
  Module,
} from "@nestjs/common";
import { authorizedFetch, type Fetch } from "@org/auth-core";
import type { VendorTokenCache } from "@org/auth-core/vendor";
import { STONEX_TOKENS, TokensModule } from "./tokens.module.js";

@Injectable()
export class PaymentsService {
  private readonly fetch: Fetch;

  constructor(
    @Inject(STONEX_TOKENS) private readonly tokens: VendorTokenCache,
  ) {
    this.fetch = authorizedFetch(tokens);
  }

  async whoAmI(): Promise<string> {
    const response = await this.fetch(`${this.tokens.baseUrl}/whoami`);
    const { vendor } = (await response.json()) as { vendor: string };
    return vendor;
  }
}

@Controller()
export class PaymentsController {
  constructor(
    @Inject(PaymentsService) private readonly payments: PaymentsService,
  ) {}

  @Get("/whoami")
  whoAmI(): Promise<string> {
    return this.payments.whoAmI();
  }
}

@Module({
  imports: [TokensModule],
  controllers: [PaymentsController],
  providers: [PaymentsService],
})
export class PaymentsModule {}
