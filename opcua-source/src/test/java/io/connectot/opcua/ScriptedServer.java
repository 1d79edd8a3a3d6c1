// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua;

import io.connectot.opcua.testing.Counters;
import io.connectot.opcua.testing.PlantOptions;
import io.connectot.opcua.testing.PlantSecurity;
import io.connectot.opcua.testing.PlantServer;
import io.connectot.opcua.testing.TransferFaults.Behaviour;
import java.time.Duration;
import org.eclipse.milo.opcua.sdk.server.servicesets.Service;
import org.eclipse.milo.opcua.stack.core.StatusCodes;

/** A server that gets transfers wrong as servers in the field do. */
final class ScriptedServer implements CountingServer {
  private static final Duration PERIOD = Duration.ofMillis(20);

  private final PlantServer plant;

  /**
   * @param listsItems whether it says what a subscription monitors
   * @param rate changes per second
   */
  ScriptedServer(Behaviour behaviour, boolean listsItems, boolean hasHistory, int rate) {
    plant = PlantServer.start(PlantOptions.DEFAULT.withCounters(COUNTERS).withHistory(hasHistory));
    plant.transfers().set(behaviour);
    if (!listsItems) {
      plant.faults().fail(Service.METHOD_CALL, Integer.MAX_VALUE, StatusCodes.Bad_MethodInvalid);
    }
    plant.counters().run(PERIOD, (int) (rate * PERIOD.toMillis() / 1000));
  }

  @Override
  public int port() {
    return plant.port();
  }

  @Override
  public String path() {
    return "/plant";
  }

  @Override
  public String address(int counter) {
    return PlantServer.address(Counters.id(counter));
  }

  @Override
  public String user() {
    return PlantSecurity.USER;
  }

  @Override
  public String password() {
    return PlantSecurity.PASSWORD;
  }

  @Override
  public int subscriptions() {
    // Milo goes on listing a subscription of a closed session whose lifetime is over.
    return (int)
        plant.server().getSubscriptions().values().stream()
            .filter(subscription -> subscription.getLifetimeCounter() > 0)
            .count();
  }

  @Override
  public long[] stopCounting() {
    plant.counters().stop();
    long[] last = new long[COUNTERS];
    for (int i = 0; i < last.length; i++) {
      last[i] = plant.counters().count(i);
    }
    return last;
  }

  @Override
  public void close() {
    plant.close();
  }
}
