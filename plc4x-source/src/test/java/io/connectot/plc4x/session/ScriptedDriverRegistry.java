// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.session;

import io.connectot.plc4x.adapter.Capabilities;
import io.connectot.plc4x.adapter.DriverFacts;
import io.connectot.plc4x.adapter.PlcAddress;
import io.connectot.plc4x.adapter.PlcDrivers;
import io.connectot.plc4x.adapter.PlcFailure;
import io.connectot.plc4x.adapter.PlcLink;
import io.connectot.plc4x.adapter.PlcReply;
import io.connectot.plc4x.adapter.ReplyCode;
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
public final class ScriptedDrivers implements PlcDrivers {
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
  final List<Consumer<PlcLink.PlcEvent>> subscribers = new CopyOnWriteArrayList<>();

  private final List<Link> links = new CopyOnWriteArrayList<>();

  final AtomicInteger opened = new AtomicInteger();
  final AtomicInteger killed = new AtomicInteger();
  private final AtomicInteger hanging = new AtomicInteger();
  volatile boolean away;
  volatile boolean hangsOnOpen;

  /** Opened to end calls that no interrupt ends. */
  private final CountDownLatch deaf = new CountDownLatch(1);

  private volatile boolean deafOnOpen;
  private volatile boolean deafOnLookup;

  @Override
  public SortedSet<String> codes() {
    return new TreeSet<>(Set.of("scripted"));
  }

  @Override
  public DriverFacts facts(String driver) {
    return new DriverFacts(driver, driver, Optional.empty(), List.of(), Set.of());
  }

  @Override
  public PlcAddress parse(String driver, String address) {
    return new PlcAddress(address, PlcType.INT, false, null);
  }

  @Override
  public Capabilities capabilities(String url) {
    return new Capabilities(true, true, false);
  }

  @Override
  public PlcLink newLink(String url, Login login) {
    if (deafOnLookup) {
      hangWhateverHappens();
    }
    Link link = new Link();
    links.add(link);
    return link;
  }

  /** All connections break, and the driver notices. */
  public void loseAll() {
    links.forEach(link -> link.open = false);
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

  private final class Link implements PlcLink {
    private volatile boolean open;

    @Override
    public void open(Duration limit) throws PlcFailure, InterruptedException {
      opened.incrementAndGet();
      if (away) {
        throw new PlcFailure("nobody there", null);
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
      return new Capabilities(true, true, false);
    }

    @Override
    public boolean isConnected() {
      return open;
    }

    @Override
    public PlcRead prepare(List<PlcAddress> addresses) {
      List<String> texts = addresses.stream().map(PlcAddress::text).toList();
      return limit -> {
        requests.add(texts);
        if (!Collections.disjoint(texts, silent)) {
          throw new TimeoutException();
        }
        if (!Collections.disjoint(texts, failing)) {
          throw new PlcFailure("java.lang.NullPointerException", null);
        }
        boolean all = !Collections.disjoint(texts, refusingAll);
        List<PlcReply> replies = new ArrayList<>();
        for (String text : texts) {
          replies.add(
              all || refused.contains(text)
                  ? new PlcReply(ReplyCode.INVALID_ADDRESS, null)
                  : new PlcReply(ReplyCode.OK, new RawValue(PlcType.INT, (short) 1)));
        }
        return replies;
      };
    }

    @Override
    public List<ReplyCode> subscribe(
        List<Subscription> tags, Consumer<PlcEvent> sink, Duration limit) throws TimeoutException {
      List<String> texts = tags.stream().map(tag -> tag.address().text()).toList();
      requests.add(texts);
      if (!Collections.disjoint(texts, silent)) {
        throw new TimeoutException();
      }
      subscribers.add(sink);
      return texts.stream()
          .map(text -> refused.contains(text) ? ReplyCode.NOT_FOUND : ReplyCode.OK)
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
