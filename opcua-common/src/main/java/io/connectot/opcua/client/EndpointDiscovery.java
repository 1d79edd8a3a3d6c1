// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.client;

import io.connectot.core.spi.ProtocolException;
import io.connectot.opcua.client.service.ResponseFutures;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.milo.opcua.sdk.client.DiscoveryClient;
import org.eclipse.milo.opcua.stack.core.Stack;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.GetEndpointsResponse;

/** Requests a server's endpoints (OPC UA Part 4 §5.5.4), over a connection of its own. */
// Futures are chained for what they do; whether that worked shows elsewhere.
@SuppressWarnings("FutureReturnValueIgnored")
final class EndpointDiscovery {
  private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(500);

  private EndpointDiscovery() {}

  /**
   * The server's endpoints.
   *
   * @throws ProtocolException when it does not answer by the deadline
   */
  static List<EndpointDescription> endpoints(String url, ConnectDeadline deadline)
      throws ProtocolException, InterruptedException {
    try {
      return ask(url, deadline);
    } catch (ProtocolException e) {
      // Where servers without unprotected endpoints answer this one question.
      String other = url.endsWith("/") ? url + "discovery" : url + "/discovery";
      if (deadline.passed() || !isRefusal(e)) {
        throw e;
      }
      try {
        return ask(other, deadline);
      } catch (ProtocolException second) {
        e.addSuppressed(second);
        throw e;
      }
    }
  }

  /** Whether an OPC UA server may have answered. */
  private static boolean isRefusal(ProtocolException failure) {
    return failure.getCause() instanceof UaException ua
        && ua.getStatusCode().value() != StatusCodes.Bad_Timeout
        && ua.getStatusCode().value() != StatusCodes.Bad_ConnectionRejected;
  }

  private static List<EndpointDescription> ask(String url, ConnectDeadline deadline)
      throws ProtocolException, InterruptedException {
    ClientThreads.Lease threads = ClientThreads.lease();
    SingleUseTransport connection = SingleUseTransport.on(threads, deadline.left());
    DiscoveryClient client = new DiscoveryClient(unprotected(url), connection);
    try {
      CompletableFuture<GetEndpointsResponse> answer =
          client
              .connectAsync()
              .thenCompose(
                  connected ->
                      connected.getEndpoints(
                          url,
                          new String[0],
                          new String[] {Stack.TCP_UASC_UABINARY_TRANSPORT_URI}));
      connection.over().thenAccept(answer::completeExceptionally);
      EndpointDescription[] endpoints =
          ResponseFutures.await(answer, deadline.left(), url).getEndpoints();
      return endpoints == null ? List.of() : Arrays.asList(endpoints);
    } finally {
      CompletableFuture<?> end = client.disconnectAsync();
      ResponseFutures.settle(end, CLOSE_TIMEOUT);
      connection.abort();
      threads.close();
    }
  }

  private static EndpointDescription unprotected(String url) {
    return new EndpointDescription(
        url,
        null,
        null,
        MessageSecurityMode.None,
        SecurityPolicy.None.getUri(),
        null,
        Stack.TCP_UASC_UABINARY_TRANSPORT_URI,
        Unsigned.ubyte(0));
  }
}
