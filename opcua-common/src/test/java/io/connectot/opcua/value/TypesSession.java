// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.value;

import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.opcua.client.UaSession;
import io.connectot.opcua.client.service.OperationLimits;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.stack.core.NamespaceTable;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;

/** A session without security, with small requests, for tests of what is read over it. */
public final class TypesSession implements UaSession {
  private final String url;
  private final OpcUaClient client;

  /** Connects. */
  public TypesSession(String url) throws UaException {
    this.url = url;
    this.client = OpcUaClient.create(url);
    client.connect();
  }

  @Override
  public String url() {
    return url;
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
    return new OperationLimits(10, 3, 3, 10, 10, 10);
  }

  @Override
  public DateTime serverStart() {
    return DateTime.MIN_VALUE;
  }

  @Override
  public <T> T await(CompletableFuture<T> answer) throws ProtocolException, InterruptedException {
    try {
      return answer.get(60, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new ProtocolException(Kind.TRANSIENT, Scope.CONNECTION, "FAILED", e.toString(), e);
    }
  }

  @Override
  public void onLoss(Consumer<ProtocolException> listener) {
    // Tests that lose sessions use a real one.
  }

  @Override
  public void close() {
    var unused = client.disconnectAsync();
  }
}
