// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config.validation;

import io.connectot.core.config.Configuration;
import io.connectot.core.config.Key;
import io.connectot.core.config.Keys;
import io.connectot.core.spi.Driver;
import io.connectot.core.spi.Protocol;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/** A protocol with typed tags, options of its own and keys that may contradict each other. */
public final class FakeProtocol implements Protocol {
  private static final Key<Integer> PORT =
      Key.integer("fake.port", 502, 1, 65_535)
          .display("Port")
          .doc("The port of devices whose URL has none.");

  private static final Key<Optional<String>> USER =
      Key.optional("fake.user", null, "name of a user", text -> text)
          .display("User")
          .doc("The user to log in as.");

  private static final Key<Optional<Password>> PASSWORD =
      Key.password("fake.user.password").display("Password").doc("The password of the user.");

  private static final Key<Boolean> BROWSE =
      Key.flag("fake.browse", false).display("Browse").doc("Whether tags are found by browsing.");

  private static final Keys KEYS = Keys.group("Fake", PORT, USER, PASSWORD, BROWSE);

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public void defineConfig(ConfigDef definition) {
    KEYS.addTo(definition);
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
    Configuration keys = new Configuration(config);
    boolean user = keys.get(USER).isPresent();
    boolean password = keys.get(PASSWORD).isPresent();
    if (user && !password) {
      throw keys.error(USER, "cannot log in without " + PASSWORD + ", add it");
    }
    if (!user && password) {
      throw new ConfigException(PASSWORD + " is set without " + USER + ", add it");
    }
    return new FakeDriver(keys.get(PORT), keys.get(BROWSE));
  }
}
