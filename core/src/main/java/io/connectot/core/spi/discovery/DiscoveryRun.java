// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.spi.discovery;

import java.util.ArrayList;
import java.util.List;

/**
 * What a discovery has found so far. One thread adds findings; others read them and may cancel the
 * run. Thread-safe.
 */
public final class DiscoveryRun {
  private final int limit;

  // All guarded by this.
  private final List<Finding> findings = new ArrayList<>();
  private final List<AutoCloseable> resources = new ArrayList<>();
  private boolean limited;
  private boolean cancelled;
  private String progress = "";

  /**
   * A run that has found nothing yet.
   *
   * @param limit the most findings that are kept
   */
  public DiscoveryRun(int limit) {
    this.limit = limit;
  }

  /**
   * Adds a finding.
   *
   * @return whether more findings are wanted; if not, the discovery ends
   */
  public synchronized boolean add(Finding finding) {
    if (findings.size() >= limit) {
      limited = true;
      return false;
    }
    findings.add(finding);
    return !cancelled;
  }

  /** Says what the discovery is at, e.g. {@code unit 17 of 247}. */
  public synchronized void progress(String text) {
    progress = text;
  }

  /** What the discovery is at; empty if it does not say so. */
  public synchronized String progress() {
    return progress;
  }

  /**
   * Closes a resource when the run is cancelled, at once if it is cancelled already, so that calls
   * that wait for a device return. The discovery closes it itself in any other case.
   *
   * @param resource can be closed from any thread, more than once
   */
  public void closeOnCancel(AutoCloseable resource) {
    synchronized (this) {
      if (!cancelled) {
        resources.add(resource);
        return;
      }
    }
    close(resource);
  }

  /** Ends the run: it takes no more findings. Idempotent. */
  public void cancel() {
    List<AutoCloseable> open;
    synchronized (this) {
      cancelled = true;
      open = List.copyOf(resources);
      resources.clear();
    }
    open.forEach(DiscoveryRun::close);
  }

  /** Whether the run is cancelled. */
  public synchronized boolean isCancelled() {
    return cancelled;
  }

  /** Whether findings were left out because there are too many. */
  public synchronized boolean isLimited() {
    return limited;
  }

  /** The findings, in the order in which they were found. */
  public List<Finding> findings() {
    return findings(0);
  }

  /**
   * The findings that follow the first ones.
   *
   * @param from how many to skip
   */
  public synchronized List<Finding> findings(int from) {
    return List.copyOf(
        findings.subList(Math.min(Math.max(0, from), findings.size()), findings.size()));
  }

  private static void close(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      // What is left of a connection ends with the discovery.
    }
  }
}
