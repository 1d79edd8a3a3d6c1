// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config.validation;

import io.connectot.core.config.Checks;
import io.connectot.core.config.Option;
import io.connectot.core.spi.Driver;
import io.connectot.core.spi.Protocol;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** A protocol with typed tags, options of its own and keys that may contradict each other. */
public final class FakeProtocol implements Protocol {
  static final String PORT = "fake.port";
  static final String USER = "fake.user";
  static final String PASSWORD = "fake.user.password";
  static final String BROWSE = "fake.browse";

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public void defineConfig(ConfigDef definition) {
    Option.of(PORT, ConfigDef.Type.INT)
        .defaultValue(502)
        .validator(Checks.between(1, 65_535))
        .group("Fake")
        .displayName("Port")
        .doc("The port of devices whose URL has none.")
        .addTo(definition);
    Option.of(USER, ConfigDef.Type.STRING)
        .defaultValue(null)
        .validator(Checks.optional("name of a user", text -> {}))
        .group("Fake")
        .displayName("User")
        .doc("The user to log in as.")
        .addTo(definition);
    Option.of(PASSWORD, ConfigDef.Type.PASSWORD)
        .defaultValue(null)
        .group("Fake")
        .displayName("Password")
        .doc("The password of the user.")
        .addTo(definition);
    Option.of(BROWSE, ConfigDef.Type.BOOLEAN)
        .defaultValue(false)
        .group("Fake")
        .displayName("Browse")
        .doc("Whether tags are found by browsing.")
        .addTo(definition);
  }

  @Override
  public Set<String> tagOptions() {
    return Set.of("order", "length");
  }

  @Override
  public Set<String> topicVariables() {
    return Set.of("plant");
  }

  @Override
  public Driver<?, ?> bind(AbstractConfig config) {
    String user = config.getString(USER);
    if (user != null && config.getPassword(PASSWORD) == null) {
      throw new ConfigException(USER, user, "cannot log in without " + PASSWORD + ", add it");
    }
    if (user == null && config.getPassword(PASSWORD) != null) {
      throw new ConfigException(PASSWORD + " is set without " + USER + ", add it");
    }
    return new FakeDriver(config.getInt(PORT), config.getBoolean(BROWSE));
  }
}
