// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.console;

import io.connectot.console.web.HostNames;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The worker's properties that the console uses.
 *
 * @param allowChanges whether the pages offer to pause, stop, restart and create connectors
 * @param allowDiscovery whether the worker connects to addresses that requests name
 * @param names under which requests may address the worker
 * @param links addresses of more pages by their titles
 * @param consumer the settings of a consumer in the worker's cluster
 */
record ConsoleSettings(
    boolean allowChanges,
    boolean allowDiscovery,
    HostNames names,
    Map<String, String> links,
    Map<String, Object> consumer) {
  /** The property that makes the pages offer changes. */
  static final String ALLOW_CHANGES = "ot.console.allow.changes";

  /** The property with names of the worker that nothing else names. */
  static final String HOSTS = "ot.console.hosts";

  /** The property with more pages for the menu. */
  static final String LINKS = "ot.console.links";

  /** The property that lets requests make the worker connect to devices. */
  static final String ALLOW_DISCOVERY = "ot.console.allow.discovery";

  /** Bytes that a request to a broker gets at most: this much is in the heap, too. */
  private static final int MOST_FETCHED = 8 * 1024 * 1024;

  private static final String CONSUMER_PREFIX = "consumer.";

  ConsoleSettings {
    consumer = Map.copyOf(consumer);
  }

  /**
   * Reads a worker's properties: its client settings, and over them those with the prefix {@code
   * consumer.}, as the worker does for its sinks.
   */
  static ConsoleSettings of(Map<String, ?> worker) {
    Map<String, Object> consumer = new HashMap<>();
    for (String key : ConsumerConfig.configNames()) {
      put(consumer, key, worker.get(key));
    }
    worker.forEach(
        (key, value) -> {
          if (key.startsWith(CONSUMER_PREFIX)) {
            put(consumer, key.substring(CONSUMER_PREFIX.length()), value);
          }
        });
    consumer.remove(ConsumerConfig.GROUP_ID_CONFIG);
    consumer.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    consumer.remove(ConsumerConfig.METRIC_REPORTER_CLASSES_CONFIG);
    consumer.putIfAbsent(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, String.valueOf(MOST_FETCHED));
    consumer.put(ConsumerConfig.CLIENT_ID_CONFIG, "ot-console");
    consumer.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    consumer.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
    consumer.put(
        ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    consumer.put(
        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    return new ConsoleSettings(
        isTrue(worker, ALLOW_CHANGES),
        isTrue(worker, ALLOW_DISCOVERY),
        names(worker),
        links(text(worker, LINKS)),
        consumer);
  }

  private static HostNames names(Map<String, ?> worker) {
    List<String> names = new ArrayList<>(parts(text(worker, HOSTS)));
    names.add(text(worker, "rest.advertised.host.name"));
    parts(text(worker, "listeners")).forEach(name -> names.add(HostNames.ofListener(name)));
    try {
      names.add(InetAddress.getLocalHost().getHostName());
      names.add(InetAddress.getLocalHost().getCanonicalHostName());
    } catch (UnknownHostException e) {
      // The machine has no name, so no request can use it.
    }
    return new HostNames(names);
  }

  /** Titles and addresses, e.g. {@code Dashboard=https://grafana.example.com/d/plant}. */
  private static Map<String, String> links(String text) {
    Map<String, String> links = new LinkedHashMap<>();
    for (String link : parts(text)) {
      int equals = link.indexOf('=');
      String address = equals < 1 ? "" : link.substring(equals + 1).strip();
      if (!address.matches("(/|https?://).*")) {
        throw new ConfigException(
            LINKS,
            text,
            "'" + link + "' is not a title and an address: write Title=https://… or Title=/…");
      }
      links.put(link.substring(0, equals).strip(), address);
    }
    return Collections.unmodifiableMap(links);
  }

  private static List<String> parts(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }

  private static String text(Map<String, ?> worker, String key) {
    Object value = worker.get(key);
    return value == null ? "" : value.toString();
  }

  private static boolean isTrue(Map<String, ?> worker, String key) {
    return Boolean.parseBoolean(String.valueOf(worker.get(key)));
  }

  private static void put(Map<String, Object> consumer, String key, Object value) {
    if (value != null) {
      consumer.put(key, value);
    }
  }
}
