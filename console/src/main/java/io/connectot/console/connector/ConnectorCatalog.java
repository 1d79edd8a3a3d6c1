// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.console.connector;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.connect.health.ConnectClusterState;
import org.apache.kafka.connect.health.ConnectorHealth;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connectors of the cluster that belong to this pack. Thread-safe. */
public final class ConnectorCatalog {
  private static final Logger log = LoggerFactory.getLogger(ConnectorCatalog.class);
  private static final String OWN_CLASSES = "io.connectot.";

  private static final String STATUS_TOPIC = "status.topic";

  /** The keys of the topics that a connector writes to, those of statuses first. */
  private static final List<String> TOPIC_KEYS =
      List.of(STATUS_TOPIC, "gap.topic", "topic", "opcua.events.topic", "mqtt.deadletter.topic");

  /** The option of device and subscription lines. */
  private static final Pattern TOPIC_OPTION = Pattern.compile("(?:^|\\s)topic=(\\S+)");

  private final ConnectClusterState cluster;

  /** Held while the worker is asked. */
  private final ReentrantLock asking = new ReentrantLock();

  /** The last answer of the worker; null before the first. Written with the lock. */
  private volatile List<Connector> last;

  /**
   * A catalog.
   *
   * @param cluster the state that the worker knows
   */
  public ConnectorCatalog(ConnectClusterState cluster) {
    this.cluster = cluster;
  }

  /**
   * A connector.
   *
   * @param state {@code RUNNING}, {@code FAILED}, {@code PAUSED}, …
   * @param config without secrets
   */
  public record Connector(
      String name, String type, String state, List<Task> tasks, Map<String, String> config) {
    /** Whether it or one of its tasks has failed. */
    public boolean isFailed() {
      return state.equals("FAILED")
          || tasks.stream().anyMatch(task -> task.state().equals("FAILED"));
    }
  }

  /**
   * A task.
   *
   * @param trace null unless it has failed
   */
  public record Task(int id, String state, String worker, String trace) {}

  /**
   * All connectors of this pack, by name. While one thread waits for the worker, as in a rebalance,
   * the others get its last answer, so that they do not wait too.
   */
  public List<Connector> connectors() {
    List<Connector> before = last;
    if (before == null) {
      asking.lock();
    } else if (!asking.tryLock()) {
      return before;
    }
    try {
      List<Connector> now = ask();
      last = now;
      return now;
    } finally {
      asking.unlock();
    }
  }

  private List<Connector> ask() {
    Map<String, Connector> found = new TreeMap<>();
    for (String name : cluster.connectors()) {
      connector(name).ifPresent(connector -> found.put(name, connector));
    }
    return List.copyOf(found.values());
  }

  /** A connector of this pack by its name. */
  public Optional<Connector> connector(String name) {
    try {
      Map<String, String> config = cluster.connectorConfig(name);
      if (config == null || !config.getOrDefault("connector.class", "").startsWith(OWN_CLASSES)) {
        return Optional.empty();
      }
      ConnectorHealth health = cluster.connectorHealth(name);
      List<Task> tasks = new ArrayList<>();
      new TreeMap<>(health.tasksState())
          .forEach(
              (id, task) ->
                  tasks.add(new Task(id, task.state(), task.workerId(), task.traceMessage())));
      return Optional.of(
          new Connector(
              name,
              health.type().toString(),
              health.connectorState().state(),
              List.copyOf(tasks),
              Secrets.masked(config)));
    } catch (NoSuchElementException | org.apache.kafka.connect.errors.ConnectException e) {
      log.debug("Connector {} was deleted while the console looked", name, e);
      return Optional.empty();
    }
  }

  /** Patterns of the topics that connectors write to. */
  public List<Pattern> topics() {
    List<Pattern> patterns = new ArrayList<>();
    for (Connector connector : connectors()) {
      if (connector.type().equalsIgnoreCase("source")) {
        topicsOf(connector.config()).forEach(topic -> patterns.add(pattern(topic)));
      }
    }
    return patterns;
  }

  /** Patterns of the topics that have the states of devices. */
  public List<Pattern> statusTopics() {
    return connectors().stream()
        .map(connector -> connector.config().getOrDefault(STATUS_TOPIC, ""))
        .filter(topic -> !topic.isBlank())
        .distinct()
        .map(ConnectorCatalog::pattern)
        .toList();
  }

  private static Set<String> topicsOf(Map<String, String> config) {
    Set<String> topics = new LinkedHashSet<>();
    for (String key : TOPIC_KEYS) {
      String topic = config.get(key);
      if (topic != null && !topic.isBlank()) {
        topics.add(topic);
      }
    }
    for (String line : config.values()) {
      Matcher option = TOPIC_OPTION.matcher(line);
      while (option.find()) {
        topics.add(option.group(1));
      }
    }
    return topics;
  }

  /** A template such as {@code plant.${device}} matches every name that it can become. */
  static Pattern pattern(String template) {
    StringBuilder regex = new StringBuilder();
    int at = 0;
    while (at < template.length()) {
      int begin = template.indexOf("${", at);
      int end = begin < 0 ? -1 : template.indexOf('}', begin);
      if (end < 0) {
        break;
      }
      regex.append(Pattern.quote(template.substring(at, begin))).append("[^_].*");
      at = end + 1;
    }
    return Pattern.compile(regex.append(Pattern.quote(template.substring(at))).toString());
  }
}
