// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.session;

import io.connectot.plc4x.adapter.Capabilities;
import io.connectot.plc4x.adapter.DriverConnection;
import io.connectot.plc4x.adapter.DriverException;
import io.connectot.plc4x.adapter.DriverMetadata;
import io.connectot.plc4x.adapter.DriverRegistry;
import io.connectot.plc4x.adapter.PlcAddress;
import io.connectot.plc4x.adapter.ResponseCode;
import io.connectot.plc4x.adapter.TagResponse;
import io.connectot.plc4x.adapter.TagShape;
import io.connectot.plc4x.value.PlcType;
import io.connectot.plc4x.value.RawValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A driver that does what a test says. Every address has the value 1. Thread-safe. */
public final class ScriptedDriverRegistry implements DriverRegistry {
  /** Addresses that make a whole request stay without an answer. */
  final Set<String> silent = ConcurrentHashMap.newKeySet();

  /** Addresses that make a whole request fail. */
  final Set<String> failing = ConcurrentHashMap.newKeySet();

  /** Addresses that are refused, alone. */
  final Set<String> refused = ConcurrentHashMap.newKeySet();

  /** Addresses that are refused, with all others of the request. */
  final Set<String> refusingAll = ConcurrentHashMap.newKeySet();

  /** The addresses of each request. */
  final List<List<String>> requests = new CopyOnWriteArrayList<>();

  /** Who gets what the device tells, one a subscription request. */
  final List<Consumer<DriverConnection.SubscriptionEvent>> subscribers =
      new CopyOnWriteArrayList<>();

  private final List<Link> connections = new CopyOnWriteArrayList<>();

  final AtomicInteger opened = new AtomicInteger();
  final AtomicInteger killed = new AtomicInteger();
  private final AtomicInteger hanging = new AtomicInteger();
  volatile boolean away;
  volatile boolean hangsOnOpen;

  /** Whether the driver reads, as most do. */
  private volatile boolean reads = true;

  /** Addresses that are subscribed to and refused when they are read. */
  final Set<String> unreadable = ConcurrentHashMap.newKeySet();

  /** Addresses that are subscribed to, and whose reads stay without an answer. */
  final Set<String> unanswered = ConcurrentHashMap.newKeySet();

  /** What happens before a subscription is answered. */
  volatile Runnable whenSubscribed = () -> {};

  /** What happens after a read has arrived at the device and before it is answered. */
  volatile Consumer<List<String>> duringRead = texts -> {};

  /** Opened to end calls that no interrupt ends. */
  private final CountDownLatch deaf = new CountDownLatch(1);

  private volatile boolean deafOnOpen;
  private volatile boolean deafOnLookup;

  @Override
  public SortedSet<String> codes() {
    return new TreeSet<>(Set.of("scripted"));
  }

  @Override
  public DriverMetadata metadata(String driver) {
    return new DriverMetadata(driver, driver, Optional.empty(), List.of(), Set.of());
  }

  @Override
  public PlcAddress parse(String driver, String address) {
    return new PlcAddress(address, PlcType.INT, false, null);
  }

  @Override
  public Optional<String> writeRefusal(String driver, PlcAddress address) {
    return Optional.empty();
  }

  @Override
  public Capabilities capabilities(String url) {
    return new Capabilities(true, true, true, false);
  }

  @Override
  public DriverConnection newConnection(String url, Login login) {
    if (deafOnLookup) {
      hangWhateverHappens();
    }
    Link connection = new Link();
    connections.add(connection);
    return connection;
  }

  /** All connections break, and the driver notices. */
  public void loseAll() {
    connections.forEach(connection -> connection.open = false);
  }

  /** The driver only delivers what it is subscribed to. */
  public void doesNotRead() {
    reads = false;
  }

  /** From now on connecting hangs, and no interrupt ends it. */
  public void hangOnOpen() {
    deafOnOpen = true;
  }

  /** From now on the driver looks a host up without end, and no interrupt ends it. */
  public void hangOnLookup() {
    deafOnLookup = true;
  }

  /** Whether something hangs. */
  public boolean hangs() {
    return hanging.get() > 0;
  }

  /** Ends what hangs. */
  public void letGo() {
    deaf.countDown();
  }

  private void hangWhateverHappens() {
    hanging.incrementAndGet();
    boolean interrupted = false;
    while (deaf.getCount() > 0) {
      try {
        deaf.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Link implements DriverConnection {
    private volatile boolean open;

    @Override
    public void open(Duration limit) throws DriverException, InterruptedException {
      opened.incrementAndGet();
      if (away) {
        throw new DriverException("nobody there", null);
      }
      if (deafOnOpen) {
        hangWhateverHappens();
      }
      if (hangsOnOpen) {
        new CountDownLatch(1).await();
      }
      open = true;
    }

    @Override
    public Capabilities capabilities() {
      return new Capabilities(reads, true, true, false);
    }

    @Override
    public boolean isConnected() {
      return open;
    }

    @Override
    public PreparedRead prepare(List<PlcAddress> addresses) {
      List<String> texts = addresses.stream().map(PlcAddress::text).toList();
      return limit -> {
        requests.add(texts);
        duringRead.accept(texts);
        if (!Collections.disjoint(texts, silent) || !Collections.disjoint(texts, unanswered)) {
          throw new TimeoutException();
        }
        if (!Collections.disjoint(texts, failing)) {
          throw new DriverException("java.lang.NullPointerException", null);
        }
        boolean all = !Collections.disjoint(texts, refusingAll);
        List<TagResponse> responses = new ArrayList<>();
        for (String text : texts) {
          responses.add(
              all || refused.contains(text) || unreadable.contains(text)
                  ? new TagResponse(ResponseCode.INVALID_ADDRESS, null)
                  : new TagResponse(ResponseCode.OK, new RawValue(PlcType.INT, (short) 1)));
        }
        return responses;
      };
    }

    @Override
    public TagShape shape(PlcAddress address) {
      return TagShape.of(address.type(), 0);
    }

    @Override
    public PreparedWrite prepareWrite(PlcAddress address, RawValue value) {
      return limit -> ResponseCode.OK;
    }

    @Override
    public boolean isCurrent(Duration limit) {
      return true;
    }

    @Override
    public List<ResponseCode> subscribe(
        List<Subscription> tags, Consumer<SubscriptionEvent> sink, Duration limit)
        throws TimeoutException {
      List<String> texts = tags.stream().map(tag -> tag.address().text()).toList();
      requests.add(texts);
      if (!Collections.disjoint(texts, silent)) {
        throw new TimeoutException();
      }
      subscribers.add(sink);
      whenSubscribed.run();
      return texts.stream()
          .map(text -> refused.contains(text) ? ResponseCode.NOT_FOUND : ResponseCode.OK)
          .toList();
    }

    @Override
    public List<BrowsedTag> browse(String query, Duration limit) {
      return List.of(
          new BrowsedTag("found", parse("scripted", "f0")),
          new BrowsedTag("known already", parse("scripted", "a0")));
    }

    @Override
    public void close() {
      kill();
    }

    @Override
    public void kill() {
      open = false;
      killed.incrementAndGet();
    }
  }
}
