// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.console.discovery;

import io.connectot.core.spi.discovery.DiscoveryRun;
import java.time.Duration;
import java.util.List;

/** A discovery that runs or has ended. Thread-safe. */
public final class DiscoveryJob {
  private static final String HIDDEN = "[hidden]";

  /** Replacing shorter ones would make texts unreadable, and show what they are. */
  private static final int MIN_SECRET = 3;

  private final String id;
  private final DiscoveryRun run;
  private final Duration limit;

  /** Texts that are hidden in answers, the longest first. Set when references are resolved. */
  private volatile List<String> secrets = List.of();

  /** Why it failed; null if it did not. Guarded by this, as the next ones. */
  private String problem;

  private boolean expired;
  private boolean ended;

  /** Null unless it runs. */
  private Thread thread;

  DiscoveryJob(String id, DiscoveryRun run, Duration limit) {
    this.id = id;
    this.run = run;
    this.limit = limit;
  }

  /** Its name in addresses; random, so that it cannot be guessed. */
  public String id() {
    return id;
  }

  /** What it has found so far. */
  public DiscoveryRun run() {
    return run;
  }

  /** Whether it still looks. */
  public synchronized boolean isRunning() {
    return !ended;
  }

  /** Why it failed, without secrets; null if it did not. */
  public synchronized String problem() {
    return problem == null ? null : masked(problem);
  }

  /** A text without the secrets of the request. */
  public String masked(String text) {
    String masked = text;
    for (String secret : secrets) {
      masked = masked.replace(secret, HIDDEN);
    }
    return masked;
  }

  void keepSecret(List<String> texts) {
    secrets =
        texts.stream()
            .filter(text -> text.length() >= MIN_SECRET)
            .sorted((a, b) -> Integer.compare(b.length(), a.length()))
            .toList();
  }

  /**
   * Called by the thread that is to run it.
   *
   * @return whether it is still wanted
   */
  synchronized boolean begin() {
    thread = Thread.currentThread();
    return !run.isCancelled();
  }

  synchronized void ended(String why) {
    problem = expired ? "stopped after " + limit.toSeconds() + " s, the longest time" : why;
    ended = true;
    thread = null;
  }

  /** Ends it because it takes too long. */
  void expire() {
    synchronized (this) {
      expired = !ended;
    }
    cancel();
  }

  /** Ends it: closes its connections and interrupts its thread. Idempotent. */
  void cancel() {
    run.cancel();
    synchronized (this) {
      if (thread != null) {
        thread.interrupt();
      }
    }
  }
}
