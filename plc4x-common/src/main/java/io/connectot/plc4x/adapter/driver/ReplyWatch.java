// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.adapter.driver;

import io.connectot.plc4x.adapter.DriverException;
import io.connectot.plc4x.adapter.DriverException.Kind;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Fails the pending request of a connection as soon as it is known that its driver will not.
 *
 * <p>Drivers forget a request when the connection is closed, when they throw an error while they
 * handle the reply, or when they cannot parse it. The handlers run on the event loop of the
 * connection; {@link #expect} is called by its owner.
 */
final class ReplyWatch {
  /** How long after the last byte of a reply the driver may take to complete the request. */
  private static final Duration PARSE_LIMIT = Duration.ofSeconds(1);

  private final boolean answersOnly;
  private volatile CompletableFuture<?> pending;

  /** The number of messages that were sent and received so far; written by the event loop. */
  private final AtomicLong sent = new AtomicLong();

  /** As {@link #sent}. */
  private final AtomicLong received = new AtomicLong();

  private volatile boolean attached;

  /**
   * @param answersOnly whether the device sends nothing but answers
   */
  ReplyWatch(boolean answersOnly) {
    this.answersOnly = answersOnly;
  }

  /** Watches a connection. */
  void attach(Channel channel) {
    attached = true;
    channel.pipeline().addFirst(new Transfers());
    channel.pipeline().addLast(new Errors());
  }

  /** Watches a request until another one is expected. */
  void expect(CompletableFuture<?> request) {
    pending = request;
  }

  /** Whether the connection is watched, so that the numbers of messages are known. */
  boolean isAttached() {
    return attached;
  }

  /** The number of messages that were sent so far. */
  long sent() {
    return sent.get();
  }

  /** The number of messages that were received so far. */
  long received() {
    return received.get();
  }

  private long transfers() {
    return sent.get() + received.get();
  }

  private void fail(String why, Throwable cause, Kind kind) {
    CompletableFuture<?> request = pending;
    if (request != null) {
      request.completeExceptionally(new DriverException(why, cause, kind));
    }
  }

  /** Sees the bytes that are sent and received. */
  private final class Transfers extends ChannelDuplexHandler {
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the promise has the result
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
      sent.incrementAndGet();
      context.write(message, promise);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // cannot fail
    public void channelRead(ChannelHandlerContext context, Object message) {
      received.incrementAndGet();
      CompletableFuture<?> request = pending;
      context.fireChannelRead(message);
      if (answersOnly && request != null && !request.isDone()) {
        long now = transfers();
        context
            .executor()
            .schedule(
                () -> {
                  if (now == transfers() && request == pending) {
                    fail(
                        "the driver could not read the answer of the device",
                        null,
                        Kind.UNREADABLE);
                  }
                },
                PARSE_LIMIT.toMillis(),
                TimeUnit.MILLISECONDS);
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      fail("the device closed the connection", null, Kind.NO_ANSWER);
      context.fireChannelInactive();
    }
  }

  /** Sees what the driver does not catch. */
  private final class Errors extends ChannelInboundHandlerAdapter {
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      fail("the driver failed at the answer of the device: " + cause, cause, Kind.UNREADABLE);
      context.fireExceptionCaught(cause);
    }
  }
}
