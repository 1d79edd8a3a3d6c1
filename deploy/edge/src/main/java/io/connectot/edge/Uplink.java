// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.edge;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.connect.cli.ConnectDistributed;
import org.apache.kafka.connect.runtime.Connect;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The worker that replicates, and the loop that watches it: it creates the connectors, restarts
 * them when the central cluster is there again, keeps the disk from filling up, and writes the
 * status of the box. For one thread.
 */
final class Uplink {
  private static final Logger LOG = LoggerFactory.getLogger(Uplink.class);
  private static final Duration PERIOD = Duration.ofSeconds(5);
  private static final int PROBE_TIMEOUT_MS = 5000;

  /** Every how many rounds the positions of the uplink are read. */
  private static final int ROUNDS_PER_POSITION = 2;

  private final EdgeConfig config;
  private final WorkerRest rest;
  private final Positions positions;
  private final DiskGuard disk;
  private final Clock clock = Clock.systemUTC();
  private boolean created;
  private boolean connected;
  private Instant since;
  private String failure = "";
  private String reason = "";

  /** Null until its keys could be used, for example because a file is missing. */
  private Admin central;

  private Uplink(EdgeConfig config) throws IOException {
    this.config = config;
    this.rest = new WorkerRest(config.uplinkUrl());
    this.positions = Positions.load(config.dataDirectory().resolve("run/uplink-positions"));
    this.disk = new DiskGuard(config, positions, clock);
    this.since = clock.instant();
  }

  /** Runs the worker and the loop until the process is stopped. */
  static void run(EdgeConfig config) throws IOException, InterruptedException {
    Map<String, String> properties = ProcessProperties.uplink(config);
    Connect<?> worker = new ConnectDistributed().startConnect(properties);
    Thread loop = new Thread(() -> loop(config), "uplink-watch");
    loop.setDaemon(true);
    loop.start();
    worker.awaitStop();
  }

  private static void loop(EdgeConfig config) {
    try {
      Uplink uplink = new Uplink(config);
      for (long round = 0; ; round++) {
        uplink.round(round);
        Thread.sleep(PERIOD.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.error("The directory {} cannot be read or written", config.dataDirectory(), e);
    }
  }

  private static Admin admin(Map<String, String> properties) {
    Map<String, Object> client = new TreeMap<>(properties);
    client.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PROBE_TIMEOUT_MS);
    client.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PROBE_TIMEOUT_MS);
    return Admin.create(client);
  }

  private void round(long round) throws InterruptedException {
    try {
      createConnectors();
      probe();
      if (created && connected) {
        restartFailed();
        if (round % ROUNDS_PER_POSITION == 0) {
          positions.update(rest.copied(UplinkConnectors.UP));
        }
      }
    } catch (IOException e) {
      LOG.warn("The worker of the uplink does not answer yet: {}", e.getMessage());
    }
    watchDisk();
  }

  private void watchDisk() throws InterruptedException {
    try {
      disk.check();
      UplinkStatus.write(config, summary());
      UplinkStatus.replace(EdgeMetric.file(config), EdgeMetric.lines(config.name(), figures()));
    } catch (IOException | ExecutionException | TimeoutException | KafkaException e) {
      LOG.warn("The size of Kafka's data cannot be checked: {}", String.valueOf(e.getMessage()));
    }
  }

  private void createConnectors() throws IOException, InterruptedException {
    if (created) {
      return;
    }
    Map<String, Map<String, String>> wanted = UplinkConnectors.of(config);
    for (String name : new String[] {UplinkConnectors.UP, UplinkConnectors.DOWN}) {
      if (wanted.containsKey(name)) {
        rest.put(name, wanted.get(name));
      } else {
        rest.delete(name);
      }
    }
    created = true;
  }

  private void probe() throws InterruptedException {
    if (!config.hasCentral()) {
      return;
    }
    boolean now;
    reason = "";
    try {
      if (central == null) {
        central = admin(config.central());
      }
      central.describeCluster().clusterId().get(2L * PROBE_TIMEOUT_MS, TimeUnit.MILLISECONDS);
      now = true;
    } catch (ExecutionException e) {
      now = false;
      reason = String.valueOf(e.getCause().getMessage());
    } catch (TimeoutException e) {
      now = false;
      reason = "no answer";
    } catch (KafkaException e) {
      now = false;
      reason = "its keys cannot be used: " + innermost(e).getMessage();
    }
    if (now != connected) {
      connected = now;
      since = clock.instant();
      if (now) {
        LOG.info("The central cluster answers");
      } else {
        LOG.warn("The central cluster does not answer; records are kept on the disk: {}", reason);
      }
    }
  }

  private static Throwable innermost(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** Connect does not restart what has failed; without a line that is of no use either. */
  private void restartFailed() throws IOException, InterruptedException {
    failure = "";
    for (String name : UplinkConnectors.of(config).keySet()) {
      String reason = rest.failure(name);
      if (!reason.isEmpty()) {
        failure = name + ": " + reason;
        LOG.warn("Connector {} has failed and is restarted: {}", name, reason);
        rest.restartFailed(name);
      }
    }
  }

  private Map<EdgeMetric, Long> figures() {
    Map<EdgeMetric, Long> figures = new EnumMap<>(EdgeMetric.class);
    figures.put(EdgeMetric.STATUS_TIME, clock.instant().getEpochSecond());
    if (config.hasCentral()) {
      figures.put(EdgeMetric.CENTRAL_CONNECTED, connected ? 1L : 0L);
      figures.put(EdgeMetric.UPLINK_FAILED, failure.isEmpty() ? 0L : 1L);
    }
    disk.addFigures(figures);
    return figures;
  }

  private Map<String, String> summary() {
    Map<String, String> summary = new TreeMap<>();
    if (!config.hasCentral()) {
      summary.put("central", "none");
    } else {
      summary.put("central", (connected ? "connected" : "not connected") + " since " + since);
      summary.put("central.failure", connected || reason.isEmpty() ? "none" : reason);
      summary.put("uplink.failure", failure.isEmpty() ? "none" : failure);
    }
    disk.addTo(summary);
    return summary;
  }
}
