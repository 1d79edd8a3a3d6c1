// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.config.Configuration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpcUaClientConfigTest {

  @Test
  void isSecureByDefault() {
    Configuration settings = settings();
    assertThat(settings.get(OpcUaSecurityConfig.POLICY)).isEqualTo(SecurityPolicyOption.AUTO);
    assertThat(settings.get(OpcUaSecurityConfig.ALLOW_NONE)).isFalse();
    assertThat(settings.get(OpcUaSecurityConfig.TRUST_AUTO_ACCEPT)).isFalse();
    assertThat(settings.get(OpcUaSecurityConfig.TRUST_CHECK_HOST)).isTrue();
    assertThat(OpcUaSecurityConfig.applicationUri(settings))
        .isEqualTo("urn:connect-ot:opcua:press_00201");
    assertThat(settings.get(OpcUaSecurityConfig.PKI_DIR))
        .isEqualTo(Path.of(System.getProperty("user.home"), ".connect-ot", "opcua-pki"));
    assertThat(settings.get(OpcUaConnectionConfig.CONNECT_TIMEOUT))
        .isEqualTo(Duration.ofSeconds(10));
  }

  @ParameterizedTest
  @CsvSource({"Aes256_Sha256_RsaPss, AES256_SHA256_RSAPSS", "basic256sha256, BASIC256SHA256"})
  void readsPoliciesAsTheyAreWritten(String text, SecurityPolicyOption policy) {
    assertThat(settings("opcua.security.policy", text).get(OpcUaSecurityConfig.POLICY))
        .isEqualTo(policy);
  }

  @Test
  void readsThumbprintsAsToolsPrintThem() {
    String printed = "AB:".repeat(31) + "CD";
    assertThat(
            settings("opcua.trust.server.thumbprint", printed)
                .get(OpcUaSecurityConfig.TRUST_THUMBPRINT))
        .containsExactly("ab".repeat(31) + "cd");
  }

  @ParameterizedTest
  @CsvSource({
    "opcua.security.policy, none, opcua.security.allow.none",
    "opcua.auth.type, username, opcua.auth.username",
    "opcua.auth.type, x509, opcua.auth.cert.file",
    "opcua.auth.username, joe, opcua.auth.type",
    "opcua.client.cert.key.file, key.pem, opcua.client.cert.file",
    "opcua.trust.server.thumbprint, abcd, 64 hex digits",
    "opcua.application.uri, no uri, must be a URI",
    "opcua.redundancy.service.level.min, 256, 1 to 255",
  })
  void saysWhatContradicts(String key, String value, String message) {
    assertThatThrownBy(() -> settings(key, value))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message);
  }

  @Test
  void showsNoPassword() {
    Configuration settings =
        settings(
            "opcua.auth.type",
            "username",
            "opcua.auth.username",
            "joe",
            "opcua.auth.password",
            "hush");
    assertThat(settings.get(OpcUaIdentityConfig.USERNAME)).contains("joe");
    assertThat(settings.get(OpcUaIdentityConfig.PASSWORD).toString()).doesNotContain("hush");
  }

  private static Configuration settings(String... keysAndValues) {
    Map<String, String> keys = new HashMap<>();
    keys.put("name", "press 1");
    for (int i = 0; i < keysAndValues.length; i += 2) {
      keys.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    Configuration config = Configuration.parse(OpcUaClientConfig.KEYS.definition(), keys);
    OpcUaClientConfig.check(config);
    return config;
  }
}
