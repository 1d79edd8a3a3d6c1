// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.console.discovery;

import io.connectot.console.connector.Secrets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/**
 * Replaces references to config providers, such as {@code ${file:/run/secrets:password}}, with the
 * worker's providers, as the worker does for a connector. Thread-safe.
 */
public final class SecretResolver {
  private static final String PROVIDERS = "config.providers";
  private static final String PREFIX = PROVIDERS + ".";
  private static final String CLASS = ".class";

  /** What the worker looks for. */
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}:]*?):(?!-)[^}]*}");

  private final Map<String, Object> providers = new HashMap<>();

  /**
   * A resolver.
   *
   * @param worker the properties of the worker
   */
  public SecretResolver(Map<String, ?> worker) {
    worker.forEach(
        (key, value) -> {
          if (value != null && key.startsWith(PREFIX)) {
            providers.put(key, text(value));
          }
        });
  }

  /** Kafka looks at texts only. */
  private static String text(Object value) {
    return value instanceof Class<?> type ? type.getName() : value.toString();
  }

  /**
   * A configuration with its secrets.
   *
   * @param config without references
   * @param secrets what no answer may have, so that it can be hidden there
   */
  public record Resolved(Map<String, String> config, List<String> secrets) {
    @Override
    public String toString() {
      return "Resolved" + config.keySet();
    }
  }

  /**
   * Resolves the references of a configuration.
   *
   * @throws ConfigException when a configuration provider does not exist or fails
   */
  public Resolved resolve(Map<String, String> config) {
    Map<String, String> resolved = new HashMap<>();
    List<String> secrets = new ArrayList<>();
    config.forEach(
        (key, value) -> {
          String text = resolve(key, value, secrets);
          resolved.put(key, text);
          secrets.addAll(Secrets.of(key, text));
        });
    return new Resolved(Map.copyOf(resolved), List.copyOf(secrets));
  }

  private String resolve(String key, String value, List<String> secrets) {
    Matcher reference = REFERENCE.matcher(value);
    StringBuilder text = new StringBuilder();
    while (reference.find()) {
      String secret = secret(key, reference.group(), reference.group(1));
      secrets.add(secret);
      reference.appendReplacement(text, Matcher.quoteReplacement(secret));
    }
    return reference.appendTail(text).toString();
  }

  private String secret(String key, String reference, String provider) {
    // Only this one, as others may not be needed here; and workers do not pass their list.
    Map<String, Object> props = new HashMap<>(providers);
    props.put(PROVIDERS, providers.containsKey(PREFIX + provider + CLASS) ? provider : "");
    Object secret =
        new AbstractConfig(new ConfigDef(), Map.of(key, reference), props, false)
            .originals()
            .get(key);
    if (secret == null || secret.equals(reference)) {
      throw new ConfigException(
          key
              + ": "
              + reference
              + " is not resolved; check the key, and that the worker's properties have the config"
              + " provider '"
              + provider
              + "'");
    }
    return secret.toString();
  }
}
