// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink;

import io.connectot.core.connection.loop.ConnectionEnd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A connection whose results the test decides. Thread-safe. */
final class FakeWriteSession implements WriteSession<String> {
  private final int window;

  /** Guarded by this, as the others. */
  private final List<Write> writes = new ArrayList<>();

  private int inFlight;
  private boolean over;

  /** A write that was sent. */
  record Write(String text, Consumer<WriteResult> callback) {}

  FakeWriteSession(int window) {
    this.window = window;
  }

  @Override
  public void open(ConnectionEnd end) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }

  @Override
  public synchronized boolean write(String text, Consumer<WriteResult> callback) {
    if (over || inFlight >= window) {
      return false;
    }
    inFlight++;
    writes.add(
        new Write(
            text,
            result -> {
              synchronized (this) {
                inFlight--;
              }
              callback.accept(result);
            }));
    return true;
  }

  /** Does not wait: in a test nothing happens meanwhile. */
  @Override
  public synchronized boolean awaitWindow(Duration timeout) {
    return !over && inFlight < window;
  }

  @Override
  public synchronized int inFlight() {
    return inFlight;
  }

  /** Takes no more writes. */
  synchronized void end() {
    over = true;
  }

  /** The texts sent, in order. */
  synchronized List<String> texts() {
    return writes.stream().map(Write::text).toList();
  }

  /** Completes the write of a number, from 0. */
  void complete(int number, WriteResult result) {
    Write write;
    synchronized (this) {
      write = writes.get(number);
    }
    write.callback().accept(result);
  }
}
