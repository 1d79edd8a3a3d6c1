// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.config;

import io.connectot.core.config.Configuration;
import io.connectot.core.config.Key;
import io.connectot.core.spi.line.LineException;
import io.connectot.plc4x.adapter.DriverRegistry.Login;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/** The {@code plc4x.*} keys of sources and sinks. */
public final class Plc4xConfig {
  public static final Key<Optional<String>> USERNAME =
      Key.optional("plc4x.username", null)
          .display("User")
          .doc("User name for drivers that support authentication (opcua).");

  public static final Key<Optional<Password>> PASSWORD =
      Key.password("plc4x.password").display("Password").doc("Password of the user.");

  public static final Key<Duration> CONNECT_TIMEOUT =
      millis("plc4x.connect.timeout.ms", 10_000)
          .display("Connect timeout (ms)")
          .doc(
              "Maximum time to establish a connection, in milliseconds, including the driver's"
                  + " handshake.");

  public static final Key<Duration> REQUEST_TIMEOUT =
      millis("plc4x.request.timeout.ms", 5000)
          .importance(Importance.MEDIUM)
          .display("Request timeout (ms)")
          .doc(
              "Maximum time from a request to its response, in milliseconds. After a timeout the"
                  + " connection is closed and opened again.");

  public static final Key<Integer> MAX_TAGS_PER_REQUEST =
      Key.integer("plc4x.max.tags.per.request", 20, 1, 10_000)
          .display("Tags in a request")
          .doc(
              "Maximum addresses in one request. S7 devices answer at most 20 items; with the s7"
                  + " driver some never answer a larger request. The ads driver reads each tag in a"
                  + " request of its own.");

  private Plc4xConfig() {}

  private static Key<Duration> millis(String name, long defaultValue) {
    return Key.millis(name, defaultValue, 1, Duration.ofDays(1)).importance(Importance.LOW);
  }

  /** The most addresses in one request to devices of a driver. */
  public static int maxTagsPerRequest(Configuration config, String driver) {
    return DriverRules.maxTags(driver, config.get(MAX_TAGS_PER_REQUEST));
  }

  /**
   * Checks the most addresses in one request.
   *
   * @throws LineException when devices of the driver do not answer so many
   */
  public static void checkMaxTags(Configuration config, String driver) throws LineException {
    DriverRules.checkMaxTags(driver, config.get(MAX_TAGS_PER_REQUEST));
  }

  /**
   * The user to log in as, if any.
   *
   * @throws ConfigException if there is a password and no user
   */
  public static Optional<Login> login(Configuration config) {
    Optional<Password> password = config.get(PASSWORD);
    if (config.get(USERNAME).isEmpty() && password.isPresent()) {
      throw config.error(PASSWORD, "needs a " + USERNAME);
    }
    return config
        .get(USERNAME)
        .map(user -> new Login(user, password.map(Password::value).orElse("")));
  }
}
