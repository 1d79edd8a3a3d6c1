// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription;

import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.opcua.client.UaSession;
import io.connectot.opcua.client.UaSessionFactory;
import io.connectot.opcua.client.service.OperationLimits;
import io.connectot.opcua.client.service.ServiceStatus;
import io.connectot.opcua.testing.PlantSecurity;
import io.connectot.opcua.testing.PlantServer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.SessionActivityListener;
import org.eclipse.milo.opcua.sdk.client.identity.UsernameProvider;
import org.eclipse.milo.opcua.stack.core.NamespaceTable;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.CloseSessionRequest;

/** Sessions without security, as plainly as they can be made, for tests of what runs over them. */
final class DirectSessions implements UaSessionFactory {
  private final PlantServer plant;
  volatile OperationLimits limits = new OperationLimits(1000, 1000, 1000, 1000, 1000, 1000);

  DirectSessions(PlantServer plant) {
    this.plant = plant;
  }

  @Override
  public UaSession open() throws ProtocolException, InterruptedException {
    try {
      OpcUaClient client =
          OpcUaClient.create(
              plant.url(),
              endpoints ->
                  endpoints.stream()
                      .filter(e -> SecurityPolicy.None.getUri().equals(e.getSecurityPolicyUri()))
                      .findFirst(),
              transport -> {},
              config ->
                  config.setIdentityProvider(
                      new UsernameProvider(PlantSecurity.USER, PlantSecurity.PASSWORD)));
      client.connectAsync().get(20, TimeUnit.SECONDS);
      return new Direct(client);
    } catch (UaException | ExecutionException | TimeoutException e) {
      throw lost(e);
    }
  }

  private static ProtocolException lost(Throwable cause) {
    StatusCode code = new StatusCode(ServiceStatus.of(cause));
    return new ProtocolException(
        Kind.TRANSIENT, Scope.CONNECTION, ServiceStatus.text(code), "failed: " + cause, cause);
  }

  private final class Direct implements UaSession {
    private final OpcUaClient client;
    private final DateTime started;
    private final NamespaceTable namespaces;
    private final List<SessionActivityListener> listeners = new CopyOnWriteArrayList<>();

    Direct(OpcUaClient client) throws UaException, InterruptedException, ProtocolException {
      this.client = client;
      this.namespaces = client.readNamespaceTable();
      this.started =
          (DateTime)
              await(
                      client.readValuesAsync(
                          0,
                          TimestampsToReturn.Neither,
                          List.of(NodeIds.Server_ServerStatus_StartTime)))
                  .get(0)
                  .value()
                  .value();
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
      return namespaces;
    }

    @Override
    public OperationLimits limits() {
      return limits;
    }

    @Override
    public DateTime serverStart() {
      return started;
    }

    @Override
    public <T> T await(CompletableFuture<T> answer) throws ProtocolException, InterruptedException {
      try {
        return answer.get(20, TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException e) {
        throw lost(e);
      }
    }

    @Override
    public void onLoss(Consumer<ProtocolException> listener) {
      SessionActivityListener activity =
          new SessionActivityListener() {
            @Override
            public void onSessionInactive(org.eclipse.milo.opcua.sdk.client.UaSession session) {
              listener.accept(
                  new ProtocolException(
                      Kind.TRANSIENT, Scope.CONNECTION, "LOST", "the session is lost", null));
            }
          };
      listeners.add(activity);
      client.addSessionActivityListener(activity);
    }

    @Override
    public void close() {
      // A client that has no session any more still tries to make one, and would keep the server of
      // the test in memory.
      listeners.forEach(client::removeSessionActivityListener);
      Optional.ofNullable(client)
          .ifPresent(
              open -> {
                try {
                  var session = open.getSessionAsync().get(1, TimeUnit.SECONDS);
                  open.sendRequestAsync(
                          new CloseSessionRequest(
                              open.newRequestHeader(session.getAuthenticationToken()), false))
                      .get(1, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                } catch (ExecutionException | TimeoutException e) {
                  // It is gone already.
                }
                var unused = open.getTransport().disconnect();
              });
    }
  }
}
