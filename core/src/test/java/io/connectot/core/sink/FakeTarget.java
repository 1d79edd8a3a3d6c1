// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink;

import io.connectot.core.config.Configuration;
import io.connectot.core.config.Keys;
import io.connectot.core.config.common.BufferConfig;
import io.connectot.core.config.common.ConnectionConfig;
import io.connectot.core.connection.loop.ConnectionEnd;
import io.connectot.core.sink.WriteResult.Outcome;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * A protocol and its target, whose connections and results the test decides. What is written is the
 * text of the value: {@code skip} is skipped, {@code bad} cannot be written. Thread-safe.
 */
final class FakeTarget implements SinkProtocol<String>, WriteMapper<String> {
  static final WriteResult DONE = new WriteResult(Outcome.DONE, "0x00 SUCCESS");
  static final WriteResult BUSY = new WriteResult(Outcome.RETRY, "0x89 SERVER_BUSY");
  static final WriteResult FORBIDDEN = new WriteResult(Outcome.REFUSED, "0x87 NOT_AUTHORIZED");

  private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** Guarded by this, as the others. */
  private final List<Sent> sent = new ArrayList<>();

  private int window = 1000;
  private boolean away;
  private boolean disconnected;
  private Session current;

  /** Whether every write is completed as {@link #DONE} at once. */
  private boolean accepting;

  /** A write that arrived. */
  record Sent(String text, Consumer<WriteResult> callback) {
    void answer(WriteResult result) {
      callback.accept(result);
    }
  }

  @Override
  public ConfigDef definition() {
    return Keys.of(ConnectionConfig.KEYS, BufferConfig.KEYS).definition();
  }

  @Override
  public Config validate(Map<String, String> props) {
    return new Config(definition().validate(props));
  }

  @Override
  public SinkDriver<String> bind(Map<String, String> props) {
    return new Driver(Configuration.parse(definition(), props));
  }

  @Override
  public Optional<String> map(SinkRecord record) {
    return switch (record.value().toString()) {
      case "skip" -> Optional.empty();
      case "bad" -> throw new UnwritableRecordException("it is bad; write something else");
      default -> Optional.of(record.value().toString());
    };
  }

  @Override
  public long bytes(String write) {
    return write.length();
  }

  private final class Driver implements SinkDriver<String> {
    private final Configuration config;

    Driver(Configuration config) {
      this.config = config;
    }

    @Override
    public Configuration config() {
      return config;
    }

    @Override
    public String target() {
      return "target";
    }

    @Override
    public WriteMapper<String> mapper() {
      return FakeTarget.this;
    }

    @Override
    public String refusal(String write, String reason) {
      return "'" + write + "' was refused with " + reason;
    }

    @Override
    public Supplier<Session> sessions(SinkContext context) {
      return Session::new;
    }
  }

  private final class Session implements WriteSession<String> {
    /** Guarded by the target, as the others. */
    private final List<Consumer<WriteResult>> inFlight = new ArrayList<>();

    /** Null before it is open. */
    private ConnectionEnd end;

    private boolean over;

    @Override
    public void open(ConnectionEnd newEnd) throws ProtocolException {
      synchronized (FakeTarget.this) {
        if (away) {
          throw failure(Kind.TRANSIENT);
        }
        end = newEnd;
        current = this;
        FakeTarget.this.notifyAll();
      }
    }

    @Override
    public void close() {
      synchronized (FakeTarget.this) {
        disconnected |= current == this;
        over = true;
        FakeTarget.this.notifyAll();
      }
    }

    @Override
    public boolean write(String text, Consumer<WriteResult> callback) {
      Consumer<WriteResult> once = result -> complete(callback, result);
      boolean done;
      synchronized (FakeTarget.this) {
        if (over || inFlight.size() >= window) {
          return false;
        }
        inFlight.add(callback);
        sent.add(new Sent(text, once));
        done = accepting;
        FakeTarget.this.notifyAll();
      }
      if (done) {
        once.accept(DONE);
      }
      return true;
    }

    private void complete(Consumer<WriteResult> callback, WriteResult result) {
      synchronized (FakeTarget.this) {
        if (!inFlight.remove(callback)) {
          return;
        }
        FakeTarget.this.notifyAll();
      }
      callback.accept(result);
    }

    @Override
    public boolean awaitWindow(Duration timeout) throws InterruptedException {
      synchronized (FakeTarget.this) {
        if (!over && inFlight.size() >= window) {
          FakeTarget.this.wait(timeout.toMillis());
        }
        return !over && inFlight.size() < window;
      }
    }

    @Override
    public int inFlight() {
      synchronized (FakeTarget.this) {
        return inFlight.size();
      }
    }

    void lose(ProtocolException cause) {
      List<Consumer<WriteResult>> lost;
      synchronized (FakeTarget.this) {
        over = true;
        lost = List.copyOf(inFlight);
        FakeTarget.this.notifyAll();
      }
      lost.forEach(callback -> complete(callback, new WriteResult(Outcome.RETRY, "lost")));
      end.lost(cause);
    }
  }

  /** Completes every write from now on, or leaves it to the test. */
  synchronized void accept(boolean every) {
    accepting = every;
  }

  /** How many writes may be in flight. */
  synchronized void window(int size) {
    window = size;
  }

  /** Ends the connection; the next one follows unless the target is away. */
  void cut() {
    lose(failure(Kind.TRANSIENT));
  }

  private void lose(ProtocolException cause) {
    Session lost;
    synchronized (this) {
      lost = current;
      current = null;
    }
    if (lost != null) {
      lost.lose(cause);
    }
  }

  /** Ends the connection and refuses others. */
  void leave() {
    synchronized (this) {
      away = true;
    }
    cut();
  }

  /** Accepts connections again. */
  synchronized void comeBack() {
    away = false;
  }

  /** Ends the connection for good. */
  void fail() {
    lose(failure(Kind.FATAL));
  }

  private static ProtocolException failure(Kind kind) {
    return new ProtocolException(kind, Scope.CONNECTION, "LOST", "the target says LOST", null);
  }

  /** Waits until so many writes arrived, over all connections, and returns them. */
  List<Sent> await(int count) throws InterruptedException {
    await(() -> sent.size() >= count);
    return all();
  }

  /** Waits for the first connection. */
  void awaitConnected() throws InterruptedException {
    await(() -> current != null);
  }

  private synchronized void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + LIMIT_NANOS;
    while (!condition.getAsBoolean()) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        throw new AssertionError("not within the limit; arrived: " + sent.size());
      }
      wait(left);
    }
  }

  /** The writes that arrived. */
  synchronized List<Sent> all() {
    return List.copyOf(sent);
  }

  /** Their texts. */
  List<String> texts() {
    return all().stream().map(Sent::text).toList();
  }

  /** Whether the task closed the last connection. */
  synchronized boolean disconnected() {
    return disconnected;
  }
}
