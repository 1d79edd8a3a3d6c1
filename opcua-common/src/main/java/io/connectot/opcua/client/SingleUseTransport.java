// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.client;

import io.connectot.opcua.client.service.ServiceStatus;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.UaRequestMessageType;
import org.eclipse.milo.opcua.stack.core.types.UaResponseMessageType;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned;
import org.eclipse.milo.opcua.stack.core.types.structured.CloseSessionRequest;
import org.eclipse.milo.opcua.stack.core.util.Unit;
import org.eclipse.milo.opcua.stack.transport.client.ClientApplicationContext;
import org.eclipse.milo.opcua.stack.transport.client.tcp.OpcTcpClientTransport;
import org.eclipse.milo.opcua.stack.transport.client.tcp.OpcTcpClientTransportConfig;

/**
 * Milo's transport, limited to one connection: when the connection fails or ends, every request
 * fails at once, and Milo cannot reconnect. The runtime reconnects with a new one. Thread-safe.
 */
// Futures are chained for what they do; whether that worked shows elsewhere.
@SuppressWarnings("FutureReturnValueIgnored")
final class SingleUseTransport extends OpcTcpClientTransport {
  private final Channels channels;
  private final CompletableFuture<Throwable> over = new CompletableFuture<>();

  private SingleUseTransport(OpcTcpClientTransportConfig config, Channels channels) {
    super(config);
    this.channels = channels;
  }

  /** A connection that is not made yet. */
  static SingleUseTransport on(ClientThreads.Lease threads, Duration connectTimeout) {
    Channels channels = new Channels();
    // Zero would mean for ever.
    UInteger millis = Unsigned.uint(Math.max(1, connectTimeout.toMillis()));
    OpcTcpClientTransportConfig config =
        OpcTcpClientTransportConfig.newBuilder()
            .setConnectTimeout(millis)
            .setAcknowledgeTimeout(millis)
            .setExecutor(threads.executor())
            .setScheduledExecutor(threads.scheduler())
            .setEventLoop(threads.eventLoop())
            .setWheelTimer(threads.timer())
            .setChannelPipelineCustomizer(channels::adopt)
            .build();
    return new SingleUseTransport(config, channels);
  }

  /** Completes, never exceptionally, with why the connection is over or was not made. */
  CompletableFuture<Throwable> over() {
    return over;
  }

  /** Ends the connection without a word to the server. Idempotent. */
  void abort() {
    over.complete(new UaException(StatusCodes.Bad_ConnectionClosed, "closed by the connector"));
    channels.close();
  }

  @Override
  public CompletableFuture<Unit> connect(ClientApplicationContext applicationContext) {
    CompletableFuture<Unit> made = new CompletableFuture<>();
    super.connect(applicationContext)
        .whenComplete(
            (unit, failure) -> {
              if (failure == null) {
                made.complete(unit);
              } else {
                // Not passed to Milo, which would try to open a session for ever.
                over.complete(failure);
              }
            });
    return made;
  }

  @Override
  public CompletableFuture<UaResponseMessageType> sendRequestMessage(UaRequestMessageType request) {
    Throwable cause = over.getNow(null);
    if (cause != null) {
      return CompletableFuture.failedFuture(cause);
    }
    CompletableFuture<UaResponseMessageType> answer =
        super.sendRequestMessage(keepingSubscriptions(request));
    answer.whenComplete((response, failure) -> endWithSession(failure));
    return answer;
  }

  /** Milo does not look at the answers to its own requests like this, and would try them again. */
  private void endWithSession(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof UaException ua
        && ServiceStatus.isWithoutSession(ServiceStatus.code(ua.getStatusCode()))) {
      over.complete(cause);
    }
  }

  /** Milo closes sessions together with their subscriptions, which have to outlive them here. */
  private static UaRequestMessageType keepingSubscriptions(UaRequestMessageType request) {
    return request instanceof CloseSessionRequest close
        ? new CloseSessionRequest(close.getRequestHeader(), false)
        : request;
  }

  @Override
  public void handleChannelError(UaException exception) {
    over.complete(exception);
    super.handleChannelError(exception);
  }

  @Override
  public void handleChannelInactive() {
    over.complete(new UaException(StatusCodes.Bad_ConnectionClosed, "connection closed"));
    super.handleChannelInactive();
  }

  /** The channels of one transport: one, and those that are closed as soon as Milo makes them. */
  private static final class Channels {
    private final Set<Channel> open = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean first = new AtomicBoolean(true);
    private volatile boolean closed;

    void adopt(ChannelPipeline pipeline) {
      Channel channel = pipeline.channel();
      open.add(channel);
      channel.closeFuture().addListener(done -> open.remove(channel));
      if (!first.compareAndSet(true, false) || closed) {
        channel.close();
      }
    }

    void close() {
      closed = true;
      open.forEach(Channel::close);
    }
  }
}
