// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.testing;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** What a server has seen. Thread-safe. */
public final class ServerCounters {
  private final LongAdder requests = new LongAdder();
  private final Map<ReceivedRequest, LongAdder> byRequest = new ConcurrentHashMap<>();
  private final AtomicInteger concurrent = new AtomicInteger();
  private final AtomicInteger mostConcurrent = new AtomicInteger();
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicInteger open = new AtomicInteger();

  ServerCounters() {}

  /** All requests. */
  public long requests() {
    return requests.sum();
  }

  /** Requests for exactly these bits or registers. */
  public long requests(int unit, int function, int address, int quantity) {
    LongAdder count = byRequest.get(new ReceivedRequest(0, unit, function, address, quantity));
    return count == null ? 0 : count.sum();
  }

  /** The functions of all requests. */
  public Set<Integer> functions() {
    return byRequest.keySet().stream()
        .map(ReceivedRequest::function)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Requests to one unit. */
  public long requestsTo(int unit) {
    return byRequest.entrySet().stream()
        .filter(entry -> entry.getKey().unit() == unit)
        .mapToLong(entry -> entry.getValue().sum())
        .sum();
  }

  /** Connections ever accepted; for UDP, peers ever heard. */
  public long connectionsAccepted() {
    return accepted.get();
  }

  /** Connections open now; 0 for UDP. */
  public int openConnections() {
    return open.get();
  }

  /** The most requests that were waiting for their answers at the same time. */
  public int mostConcurrentRequests() {
    return mostConcurrent.get();
  }

  void received(ReceivedRequest request) {
    requests.increment();
    byRequest.computeIfAbsent(request.anonymous(), key -> new LongAdder()).increment();
    int now = concurrent.incrementAndGet();
    mostConcurrent.accumulateAndGet(now, Math::max);
  }

  void answered() {
    concurrent.decrementAndGet();
  }

  void accepted() {
    accepted.incrementAndGet();
  }

  void opened() {
    open.incrementAndGet();
  }

  void closed() {
    open.decrementAndGet();
  }
}
