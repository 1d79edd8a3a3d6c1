// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.dryrun;

import io.connectot.core.config.Configuration;
import io.connectot.core.config.Key;
import io.connectot.core.config.Keys;
import io.connectot.core.spi.line.LineException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;

/** The keys of a message to try a configuration with. Only validation reads them. */
public final class DryRunConfig {
  private static final String BASE64 = "base64:";

  public static final Key<Optional<String>> TOPIC =
      Key.optional("mqtt.test.topic", "")
          .importance(Importance.LOW)
          .display("MQTT topic of a test message")
          .doc(
              "The MQTT topic of a message to try the configuration with: validation returns the"
                  + " records that the message would make in mqtt.test.records, and does not"
                  + " connect to a broker. Has no effect on a running connector.");

  public static final Key<byte[]> PAYLOAD =
      Key.string("mqtt.test.payload", "")
          .parsedBy("text, or base64: and bytes in Base64", DryRunConfig::bytes)
          .importance(Importance.LOW)
          .width(Width.LONG)
          .display("Payload of a test message")
          .doc("The payload of the test message.");

  /** Only in the result of a validation. */
  public static final Key<String> RECORDS =
      Key.string("mqtt.test.records", "")
          .importance(Importance.LOW)
          .width(Width.LONG)
          .display("Records of the test message")
          .doc(
              "The result of a validation with mqtt.test.topic: the records of the test message as"
                  + " a JSON array of topic, key, timestamp, headers and value. Has no effect if it"
                  + " is set.");

  public static final Keys KEYS = Keys.group("MQTT dry run", TOPIC, PAYLOAD, RECORDS);

  private DryRunConfig() {}

  private static byte[] bytes(String text) throws LineException {
    if (!text.startsWith(BASE64)) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    try {
      return Base64.getDecoder().decode(text.substring(BASE64.length()).trim());
    } catch (IllegalArgumentException e) {
      throw new LineException("is not Base64 after '" + BASE64 + "'");
    }
  }

  /** Whether there is a test message. */
  public static boolean isWanted(Configuration config) {
    return config.get(TOPIC).isPresent();
  }
}
