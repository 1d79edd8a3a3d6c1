// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.select;

import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.opcua.client.UaSession;
import io.connectot.opcua.client.service.OperationLimits;
import io.connectot.opcua.client.service.ServiceStatus;
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
final class SelectionSession implements UaSession {
  static final OperationLimits LIMITS = new OperationLimits(10_000, 1_000, 1_000, 1_000, 100, 100);

  private final PlantServer plant;
  private final OpcUaClient client;
  private final OperationLimits limits;

  private SelectionSession(PlantServer plant, OpcUaClient client, OperationLimits limits) {
    this.plant = plant;
    this.client = client;
    this.limits = limits;
  }

  static SelectionSession open(PlantServer plant) throws UaException {
    return open(plant, LIMITS);
  }

  static SelectionSession open(PlantServer plant, OperationLimits limits) throws UaException {
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
    return new SelectionSession(plant, client, limits);
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
  public OperationLimits limits() {
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
              ? ServiceStatus.text(cause.getStatusCode())
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
