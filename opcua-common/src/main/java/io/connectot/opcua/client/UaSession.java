// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.client;

import io.connectot.core.spi.ProtocolException;
import io.connectot.opcua.client.service.OperationLimits;
import java.util.concurrent.CompletableFuture;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.stack.core.NamespaceTable;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;

/**
 * An activated session with one server, up to its loss; never reused. Services may be called on any
 * thread.
 */
public interface UaSession extends AutoCloseable {

  /** The URL it is connected to. */
  String url();

  /** Milo's client, for its raw services; its own subscriptions are not used. */
  OpcUaClient services();

  /** The server's namespaces as read when the session was made. */
  NamespaceTable namespaces();

  /** What the server takes in one request. */
  OperationLimits limits();

  /** When the server was started: another time is another life of the server. */
  DateTime serverStart();

  /**
   * ResponseFutures for the answer of a service within the request timeout.
   *
   * @throws ProtocolException when the server does not answer, or answers with a service fault; its
   *     status is the code and name, e.g. {@code 0x80130000 Bad_ServiceUnsupported}
   * @throws InterruptedException when the task stops
   */
  <T> T await(CompletableFuture<T> answer) throws ProtocolException, InterruptedException;

  /**
   * Tells who listens that the session is over; called at most once, on any thread.
   *
   * @param listener called at once when it is over already
   */
  void onLoss(java.util.function.Consumer<ProtocolException> listener);

  /**
   * Ends the session and leaves its subscriptions at the server for a session that takes them over
   * (CloseSession without deleteSubscriptions). Idempotent, does not throw, returns in 2 s.
   */
  @Override
  void close();
}
