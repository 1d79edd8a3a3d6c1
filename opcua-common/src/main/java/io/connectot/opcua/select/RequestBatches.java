// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.select;

import io.connectot.core.spi.ProtocolException;
import io.connectot.opcua.client.UaSession;
import io.connectot.opcua.client.service.RequestChunks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Splits the operations of one service of one session into requests, and keeps the size that the
 * server accepted. For one thread at a time.
 */
public final class RequestBatches {
  private final UaSession session;
  private int size;

  /**
   * @param size the server's limit for one request; halved when it accepts less
   */
  public RequestBatches(UaSession session, int size) {
    this.session = session;
    this.size = size;
  }

  /** The most things in one request at present. */
  int size() {
    return size;
  }

  /** Asks for less from now on. */
  void halve() {
    size = Math.max(1, size / 2);
  }

  /**
   * Asks for everything.
   *
   * @param request one request for some of the things
   * @param results takes the results out of an answer, one for each thing, in their order
   * @return one result for each thing, in their order
   * @throws ProtocolException when the server does not answer, or refuses even a single thing
   */
  public <T, A, R> List<R> ask(
      List<T> things, Function<List<T>, CompletableFuture<A>> request, Function<A, R[]> results)
      throws ProtocolException, InterruptedException {
    List<R> all = new ArrayList<>(things.size());
    size =
        RequestChunks.send(
            things,
            size,
            some -> {
              R[] answered = results.apply(session.await(request.apply(List.copyOf(some))));
              int count = answered == null ? 0 : answered.length;
              if (count < some.size()) {
                throw RequestChunks.incomplete(session.url(), count, some.size());
              }
              all.addAll(Arrays.asList(answered).subList(0, some.size()));
            });
    return all;
  }
}
