// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.sink.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.mqtt.config.BrokerAddress;
import io.connectot.mqtt.config.Will;
import io.connectot.mqtt.transport.ConnectResult;
import io.connectot.mqtt.transport.ConnectionLoss;
import io.connectot.mqtt.transport.InboundMessage;
import io.connectot.mqtt.transport.MqttTransport;
import io.connectot.mqtt.transport.OutboundMessage;
import io.connectot.mqtt.transport.PublishCallback;
import io.connectot.mqtt.transport.PublishResult;
import io.connectot.mqtt.transport.PublishResult.Outcome;
import io.connectot.mqtt.transport.SubscribeResult;
import io.connectot.mqtt.transport.Subscription;
import io.connectot.mqtt.transport.TransportFactory;
import io.connectot.mqtt.transport.TransportListener;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.awaitility.Awaitility;

/** A broker that answers when and what the test says. Thread-safe. */
public final class FakeBroker implements TransportFactory {
  public static final PublishResult DONE = new PublishResult(Outcome.DONE, "0x00 SUCCESS");
  public static final PublishResult BUSY = new PublishResult(Outcome.RETRY, "0x89 SERVER_BUSY");
  public static final PublishResult FORBIDDEN =
      new PublishResult(Outcome.REFUSED, "0x87 NOT_AUTHORIZED");

  private static final Duration LIMIT = Duration.ofMinutes(1);

  /** Guarded by this, as the others. */
  private final List<Sent> sent = new ArrayList<>();

  private int window = 1000;
  private boolean away;
  private boolean taken;
  private int connections;
  private Transport current;

  /** Answers at once; null from the function for no answer yet. */
  private Function<OutboundMessage, PublishResult> answers = message -> null;

  /** A message that arrived. */
  public record Sent(OutboundMessage message, PublishCallback callback, int connection) {
    /** The payload as text. */
    public String text() {
      return new String(message.payload(), StandardCharsets.UTF_8);
    }

    /** Tells the outcome. */
    public void answer(PublishResult result) {
      callback.completed(result);
    }
  }

  @Override
  public synchronized MqttTransport newTransport(BrokerAddress broker, Optional<Will> will) {
    return new Transport();
  }

  /** Answers every message from now on by a function; null for no answer. */
  public synchronized void answer(Function<OutboundMessage, PublishResult> function) {
    answers = function;
  }

  /** How many messages may be without an answer. */
  public synchronized void window(int size) {
    window = size;
  }

  /** Refuses new connections, and ends that there is. */
  public void leave() {
    synchronized (this) {
      away = true;
    }
    cut();
  }

  /** Takes connections again. */
  public synchronized void comeBack() {
    away = false;
  }

  /** Ends every connection because somebody else takes the session. */
  public void takeOver() {
    synchronized (this) {
      taken = true;
    }
    cut();
  }

  /** Ends the connection that there is; messages without an answer may or may not have arrived. */
  public void cut() {
    Transport lost;
    synchronized (this) {
      lost = current;
      current = null;
    }
    if (lost != null) {
      lost.lose();
    }
  }

  /** Waits until so many messages arrived, over all connections, and returns them. */
  public List<Sent> await(int count) {
    until(() -> all().size() >= count);
    return all();
  }

  /** Waits for a connection of a number, from 1. */
  public void awaitConnection(int number) {
    until(() -> connections() >= number);
  }

  /** How often somebody connected. */
  public synchronized int connections() {
    return connections;
  }

  /** What arrived. */
  public synchronized List<Sent> all() {
    return List.copyOf(sent);
  }

  /** What arrived, as text. */
  public List<String> texts() {
    return all().stream().map(Sent::text).toList();
  }

  private static void until(Callable<Boolean> condition) {
    Awaitility.await().atMost(LIMIT).pollInterval(Duration.ofMillis(2)).until(condition);
  }

  private final class Transport implements MqttTransport {
    /** Guarded by the broker, as the others. */
    private final List<PublishCallback> open = new ArrayList<>();

    private TransportListener listener;
    private boolean over;
    private int number;

    @Override
    public ConnectResult connect(TransportListener newListener) throws ProtocolException {
      synchronized (FakeBroker.this) {
        if (away) {
          over = true;
          throw failure("CONNECTION_REFUSED");
        }
        listener = newListener;
        number = ++connections;
        current = this;
      }
      if (taken) {
        lose();
      }
      return new ConnectResult(
          false,
          new ConnectResult.ServerLimits(
              window, 2, 1_000_000, Duration.ofSeconds(30), true, true, true, ""));
    }

    @Override
    public boolean publish(OutboundMessage message, PublishCallback callback) {
      PublishCallback once = once(callback);
      PublishResult answer;
      synchronized (FakeBroker.this) {
        if (over || open.size() >= window) {
          return false;
        }
        open.add(once);
        sent.add(new Sent(message, once, number));
        answer = answers.apply(message);
      }
      if (answer != null) {
        once.completed(answer);
      }
      return true;
    }

    private PublishCallback once(PublishCallback callback) {
      return new PublishCallback() {
        private boolean told;

        @Override
        public void completed(PublishResult result) {
          synchronized (FakeBroker.this) {
            if (told) {
              return;
            }
            told = true;
            open.remove(this);
            FakeBroker.this.notifyAll();
          }
          callback.completed(result);
        }
      };
    }

    @Override
    public boolean awaitWindow(Duration timeout) throws InterruptedException {
      long end = System.nanoTime() + timeout.toNanos();
      synchronized (FakeBroker.this) {
        while (!over && open.size() >= window) {
          long left = (end - System.nanoTime()) / 1_000_000;
          if (left <= 0) {
            return false;
          }
          FakeBroker.this.wait(left);
        }
        return !over;
      }
    }

    @Override
    public int inFlight() {
      synchronized (FakeBroker.this) {
        return open.size();
      }
    }

    void lose() {
      close();
      boolean takenOver = taken;
      listener.connectionLost(
          new ConnectionLoss(
              failure(takenOver ? "0x8E SESSION_TAKEN_OVER" : "CONNECTION_LOST"), takenOver));
    }

    private ProtocolException failure(String status) {
      return new ProtocolException(
          Kind.TRANSIENT, Scope.CONNECTION, status, "the broker says " + status, null);
    }

    @Override
    public void close() {
      List<PublishCallback> lost;
      synchronized (FakeBroker.this) {
        over = true;
        lost = List.copyOf(open);
        FakeBroker.this.notifyAll();
      }
      lost.forEach(
          callback ->
              callback.completed(new PublishResult(Outcome.RETRY, "the connection is over")));
    }

    @Override
    public void disconnect(Duration timeout) {
      close();
    }

    @Override
    public List<SubscribeResult> subscribe(List<Subscription> subscriptions) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void unsubscribe(List<String> filters) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void acknowledge(InboundMessage message) {
      assertThat(message).isNull();
    }
  }
}
