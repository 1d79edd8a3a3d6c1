// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.select;

import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.opcua.client.ServiceLimits;
import io.connectot.opcua.client.Status;
import io.connectot.opcua.client.UaSession;
import io.connectot.opcua.testing.PlantServer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.stack.core.NamespaceTable;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.channel.EncodingLimits;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;

/** A session on a client of Milo as it is, for tests of what only calls services. */
final class PlainSession implements UaSession {
  static final ServiceLimits LIMITS = new ServiceLimits(10_000, 1_000, 1_000, 1_000, 100, 100);

  private final PlantServer plant;
  private final OpcUaClient client;
  private final ServiceLimits limits;

  private PlainSession(PlantServer plant, OpcUaClient client, ServiceLimits limits) {
    this.plant = plant;
    this.client = client;
    this.limits = limits;
  }

  static PlainSession open(PlantServer plant) throws UaException {
    return open(plant, LIMITS);
  }

  static PlainSession open(PlantServer plant, ServiceLimits limits) throws UaException {
    OpcUaClient client =
        OpcUaClient.create(
            plant.url(),
            endpoints ->
                endpoints.stream()
                    .filter(endpoint -> endpoint.getSecurityPolicyUri().endsWith("#None"))
                    .findFirst(),
            transport -> {},
            config -> config.setEncodingLimits(new EncodingLimits(65_536, 1_024, 64 << 20, 64)));
    client.connect();
    return new PlainSession(plant, client, limits);
  }

  @Override
  public String url() {
    return plant.url();
  }

  @Override
  public OpcUaClient services() {
    return client;
  }

  @Override
  public NamespaceTable namespaces() {
    return client.getNamespaceTable();
  }

  @Override
  public ServiceLimits limits() {
    return limits;
  }

  @Override
  public DateTime serverStart() {
    return DateTime.MIN_VALUE;
  }

  @Override
  public <T> T await(CompletableFuture<T> answer) throws ProtocolException, InterruptedException {
    try {
      return answer.get(60, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      String status =
          e.getCause() instanceof UaException cause
              ? Status.text(cause.getStatusCode())
              : "0x80000000 Bad";
      throw new ProtocolException(
          Kind.TRANSIENT, Scope.CONNECTION, status, String.valueOf(e.getCause()), e);
    } catch (TimeoutException e) {
      throw new ProtocolException(
          Kind.TRANSIENT, Scope.CONNECTION, "0x800A0000 Bad_Timeout", "no answer", e);
    }
  }

  @Override
  public void onLoss(Consumer<ProtocolException> listener) {
    // No test here loses its session unawares.
  }

  @Override
  public void close() {
    try {
      client.disconnect();
    } catch (UaException e) {
      throw new IllegalStateException(e);
    }
  }
}
