import "reflect-metadata";
import { NestFactory } from "@nestjs/core";
import { PaymentsModule } from "./payments.module.js";

async function main(): Promise<void> {
  const app = await NestFactory.create(PaymentsModule);
  await app.listen(process.env.PORT ?? 3000, "127.0.0.1");
  console.log(await app.getUrl());
}

void main();
