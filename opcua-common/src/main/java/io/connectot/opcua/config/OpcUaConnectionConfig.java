// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.config;

import io.connectot.core.config.Key;
import io.connectot.core.config.Keys;
import io.connectot.core.spi.line.LineException;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef.Importance;

/** The keys of connections and sessions. */
public final class OpcUaConnectionConfig {
  public static final Key<Duration> CONNECT_TIMEOUT =
      Key.millis("opcua.connect.timeout.ms", 10_000, 100, Duration.ofMinutes(10))
          .importance(Importance.LOW)
          .display("Connect timeout (ms)")
          .doc(
              "Maximum time to connect to one URL, in milliseconds, from the first packet to the"
                  + " activated session.");

  public static final Key<Duration> REQUEST_TIMEOUT =
      Key.millis("opcua.request.timeout.ms", 30_000, 100, Duration.ofHours(1))
          .importance(Importance.LOW)
          .display("Request timeout (ms)")
          .doc("Maximum time from a request to its response, in milliseconds.");

  public static final Key<Duration> SESSION_TIMEOUT =
      Key.millis("opcua.session.timeout.ms", 120_000, 1000, Duration.ofDays(1))
          .importance(Importance.LOW)
          .display("Session timeout (ms)")
          .doc(
              "How long the server keeps a session without requests, in milliseconds. The server"
                  + " may revise it. Subscriptions outlive their session.");

  public static final Key<Duration> KEEPALIVE_INTERVAL =
      Key.millis("opcua.keepalive.interval.ms", 5000, 100, Duration.ofHours(1))
          .importance(Importance.LOW)
          .display("Keep alive (ms)")
          .doc(
              "Interval between reads of the server's state, in milliseconds. The connector gives"
                  + " a session up when two of them in a row fail.");

  public static final Key<Boolean> USE_DISCOVERED_HOST =
      Key.flag("opcua.endpoint.use.discovered.host", false)
          .importance(Importance.LOW)
          .display("Use the host the server names")
          .doc(
              "Whether to connect to the host and port in the server's endpoint descriptions"
                  + " instead of those of the device line. Servers often name hosts that only their"
                  + " own network resolves: leave it off unless the device line names a discovery"
                  + " server.");

  public static final Key<Integer> SERVICE_LEVEL_MIN =
      Key.integer("opcua.redundancy.service.level.min", 200, 1, 255)
          .importance(Importance.LOW)
          .display("Least service level")
          .doc(
              "For devices with several URLs: minimum ServiceLevel, 1 to 255; below it the"
                  + " connector changes to another server. It uses the server with the highest"
                  + " level; from 200 on a server calls itself healthy. Devices with one URL stay"
                  + " with it at any level.");

  /** The limits of servers that do not publish theirs. */
  public static final Key<ServerProfile> SERVER_PROFILE =
      Key.choice("opcua.server.profile", ServerProfile.class, ServerProfile.AUTO)
          .importance(Importance.LOW)
          .display("Kind of server")
          .doc(
              "The operation limits to assume where the server does not publish them: those of a"
                  + " Siemens S7-1200 or S7-1500, or generic ones. auto chooses by the server's"
                  + " product name.");

  public static final Key<Integer> ITEMS_PER_CALL =
      Key.integer("opcua.items.per.call", 1000, 1, 1_000_000)
          .importance(Importance.LOW)
          .display("Operations in a request")
          .doc(
              "Maximum nodes or items in one request. A lower limit of the server takes"
                  + " precedence.");

  /** In order of preference; empty for the server's default. */
  public static final Key<List<String>> LOCALE =
      Key.list("opcua.locale", "")
          .parsedBy("languages such as de-DE,en", OpcUaConnectionConfig::locales)
          .importance(Importance.LOW)
          .display("Languages")
          .doc(
              "The languages of texts from the server, such as descriptions, labels and event"
                  + " messages, in order of preference, separated by commas: for example"
                  + " de-DE,en. Empty for the server's default.");

  public static final Keys KEYS =
      Keys.group(
          "OPC UA connection",
          CONNECT_TIMEOUT,
          REQUEST_TIMEOUT,
          SESSION_TIMEOUT,
          KEEPALIVE_INTERVAL,
          USE_DISCOVERED_HOST,
          SERVICE_LEVEL_MIN,
          SERVER_PROFILE,
          ITEMS_PER_CALL,
          LOCALE);

  private OpcUaConnectionConfig() {}

  /** Checks locale ids (OPC UA Part 3 §8.4): a language, and optionally a country or region. */
  private static List<String> locales(List<String> texts) throws LineException {
    for (String text : texts) {
      if (!text.matches("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")) {
        throw new LineException("'" + text + "' must be a language such as de or de-DE");
      }
    }
    return texts;
  }
}
