// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.config;

import io.connectot.core.config.Checks;
import io.connectot.core.config.Choice;
import io.connectot.core.config.Option;
import io.connectot.core.spi.LineException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;

/** The keys of security: how messages are protected, and who trusts whom. */
public final class OpcUaSecurityConfig {
  public static final String POLICY = "opcua.security.policy";
  public static final String MODE = "opcua.security.mode";
  public static final String ALLOW_NONE = "opcua.security.allow.none";
  public static final String APPLICATION_URI = "opcua.application.uri";
  public static final String PKI_DIR = "opcua.pki.dir";
  public static final String CLIENT_CERT_FILE = "opcua.client.cert.file";
  public static final String CLIENT_CERT_KEY_FILE = "opcua.client.cert.key.file";
  public static final String CLIENT_CERT_PASSWORD = "opcua.client.cert.password";
  public static final String TRUST_THUMBPRINT = "opcua.trust.server.thumbprint";
  public static final String TRUST_AUTO_ACCEPT = "opcua.trust.auto.accept";
  public static final String TRUST_CHECK_HOST = "opcua.trust.check.host";

  private static final String GROUP = "OPC UA security";
  private static final int THUMBPRINT_DIGITS = 64;

  private final AbstractConfig config;

  /** Reads the keys from a configuration whose definition has them. */
  public OpcUaSecurityConfig(AbstractConfig config) {
    this.config = config;
  }

  /** Adds the keys. */
  public static void addTo(ConfigDef definition) {
    addPolicy(definition);
    addOwn(definition);
    addTrust(definition);
  }

  private static void addPolicy(ConfigDef definition) {
    Option.choice(POLICY, SecurityPolicyOption.class, SecurityPolicyOption.AUTO)
        .group(GROUP)
        .displayName("Security policy")
        .doc(
            "The security policy. auto takes the strongest of what the server offers, and None only"
                + " when opcua.security.allow.none is true and the server offers nothing else."
                + " Basic128Rsa15 and Basic256 rest on SHA-1 and are there for old servers.")
        .addTo(definition);
    Option.choice(MODE, MessageSecurity.class, MessageSecurity.AUTO)
        .importance(Importance.LOW)
        .group(GROUP)
        .displayName("Message security")
        .doc(
            "Whether messages are signed, or signed and encrypted. auto encrypts where the server"
                + " can.")
        .addTo(definition);
    Option.of(ALLOW_NONE, ConfigDef.Type.BOOLEAN)
        .defaultValue(false)
        .group(GROUP)
        .displayName("Allow no security")
        .width(Width.SHORT)
        .doc(
            "Whether an unprotected connection may be used: anybody on the network can then read"
                + " and change what is transferred, and nobody knows which server it is.")
        .addTo(definition);
  }

  private static void addOwn(ConfigDef definition) {
    Option.of(APPLICATION_URI, ConfigDef.Type.STRING)
        .defaultValue("")
        .validator(Checks.optional("a URI", OpcUaSecurityConfig::checkUri))
        .importance(Importance.LOW)
        .group(GROUP)
        .displayName("Application URI")
        .doc(
            "Who the connector is to servers; its certificate carries the same URI. Without it,"
                + " urn:connect-ot:opcua: and the name of the connector. Servers hand the"
                + " subscription of an anonymous user over to the same URI only, so do not change"
                + " it.")
        .addTo(definition);
    Option.of(PKI_DIR, ConfigDef.Type.STRING)
        .defaultValue("")
        .group(GROUP)
        .displayName("Folder of certificates")
        .doc(
            "The folder of certificates on each worker, made when it is missing: own/certs has the"
                + " certificate that servers have to trust, trusted and issuers the certificates"
                + " of servers and of the authorities that signed them (PEM or DER; revocation"
                + " lists beside them), rejected those that were refused: move one to trusted to"
                + " trust it. Without it, .connect-ot/opcua-pki in the home folder of the user that"
                + " the worker runs as.")
        .addTo(definition);
    Option.of(CLIENT_CERT_FILE, ConfigDef.Type.STRING)
        .defaultValue("")
        .importance(Importance.LOW)
        .group(GROUP)
        .displayName("Own certificate")
        .doc(
            "The file of the connector's own certificate, on every worker: PEM with the chain, DER,"
                + " or PKCS#12 (.p12, .pfx) with the private key. It has to carry the application"
                + " URI. Without it, one is made once and kept in own of the folder of"
                + " certificates.")
        .addTo(definition);
    Option.of(CLIENT_CERT_KEY_FILE, ConfigDef.Type.STRING)
        .defaultValue("")
        .importance(Importance.LOW)
        .group(GROUP)
        .displayName("Own private key")
        .doc("The PEM file of the private key, if it is not in the file of the certificate.")
        .addTo(definition);
    Option.of(CLIENT_CERT_PASSWORD, ConfigDef.Type.PASSWORD)
        .defaultValue(null)
        .importance(Importance.LOW)
        .group(GROUP)
        .displayName("Password of the own private key")
        .doc("The password of the private key or of the PKCS#12 file.")
        .addTo(definition);
  }

  private static void addTrust(ConfigDef definition) {
    Option.of(TRUST_THUMBPRINT, ConfigDef.Type.LIST)
        .defaultValue("")
        .validator(new Thumbprints())
        .group(GROUP)
        .displayName("Thumbprints of trusted servers")
        .doc(
            "The SHA-256 thumbprints of the certificates of trusted servers, in hex. With it, only"
                + " these are trusted, and the folder of certificates is not asked.")
        .addTo(definition);
    Option.of(TRUST_AUTO_ACCEPT, ConfigDef.Type.BOOLEAN)
        .defaultValue(false)
        .importance(Importance.LOW)
        .group(GROUP)
        .displayName("Trust any server")
        .width(Width.SHORT)
        .doc(
            "Whether any server certificate is trusted. For first tests only: anybody on the"
                + " network can then pass for the server.")
        .addTo(definition);
    Option.of(TRUST_CHECK_HOST, ConfigDef.Type.BOOLEAN)
        .defaultValue(true)
        .importance(Importance.LOW)
        .group(GROUP)
        .displayName("Check the host name")
        .width(Width.SHORT)
        .doc(
            "Whether the certificate of a server has to name the host of the device line. Set it to"
                + " false for servers behind address translation whose certificates name another"
                + " host. A certificate trusted by its thumbprint may name any.")
        .addTo(definition);
  }

  private static void checkUri(String text) throws LineException {
    try {
      if (new URI(text.trim()).isAbsolute()) {
        return;
      }
    } catch (URISyntaxException e) {
      // Falls through to the one message for anything that is no such URI.
    }
    throw new LineException("must be a URI like urn:acme:munich:connect");
  }

  /**
   * What the keys say.
   *
   * @throws ConfigException when they contradict each other
   */
  public SecuritySettings settings() {
    SecurityPolicyOption policy = Choice.get(config, POLICY, SecurityPolicyOption.class);
    boolean allowNone = config.getBoolean(ALLOW_NONE);
    if (policy == SecurityPolicyOption.NONE && !allowNone) {
      throw new ConfigException(
          POLICY,
          "none",
          "is no security at all; if that is what you want, also set " + ALLOW_NONE + "=true");
    }
    List<String> thumbprints = new ArrayList<>();
    for (String text : config.getList(TRUST_THUMBPRINT)) {
      thumbprints.add(normalize(text));
    }
    boolean acceptAny = config.getBoolean(TRUST_AUTO_ACCEPT);
    if (acceptAny && !thumbprints.isEmpty()) {
      throw new ConfigException(
          TRUST_AUTO_ACCEPT,
          true,
          "would trust any server, but " + TRUST_THUMBPRINT + " names some; remove one of them");
    }
    return new SecuritySettings(
        policy,
        Choice.get(config, MODE, MessageSecurity.class),
        allowNone,
        applicationUri(),
        FileKeys.path(config, PKI_DIR).orElseGet(OpcUaSecurityConfig::defaultFolder),
        FileKeys.keyFiles(config, CLIENT_CERT_FILE, CLIENT_CERT_KEY_FILE, CLIENT_CERT_PASSWORD),
        thumbprints,
        acceptAny,
        config.getBoolean(TRUST_CHECK_HOST));
  }

  private String applicationUri() {
    return FileKeys.text(config, APPLICATION_URI)
        .orElseGet(
            () -> {
              Object name = config.originals().get("name");
              return "urn:connect-ot:opcua:"
                  + uriSafe(name == null ? "connector" : name.toString());
            });
  }

  private static String uriSafe(String name) {
    StringBuilder safe = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean kept = c == '-' || c == '.' || c == '_' || (c < 128 && Character.isLetterOrDigit(c));
      safe.append(kept ? String.valueOf(c) : String.format(Locale.ROOT, "_%04x", (int) c));
    }
    return safe.toString();
  }

  private static Path defaultFolder() {
    return Path.of(System.getProperty("user.home"), ".connect-ot", "opcua-pki");
  }

  private static String normalize(String thumbprint) {
    return thumbprint.replace(":", "").replace(" ", "").toLowerCase(Locale.ROOT);
  }

  /** Every entry is a SHA-256. */
  private static final class Thumbprints implements ConfigDef.Validator {
    @Override
    public void ensureValid(String key, Object value) {
      for (Object text : value instanceof List<?> list ? list : List.of()) {
        String digits = normalize(text.toString());
        boolean hex = digits.chars().allMatch(c -> Character.digit(c, 16) >= 0);
        if (digits.length() != THUMBPRINT_DIGITS || !hex) {
          throw new ConfigException(
              key, text, "is no SHA-256 thumbprint: it has 64 hex digits, colons between allowed");
        }
      }
    }

    @Override
    public String toString() {
      return "SHA-256 thumbprints in hex";
    }
  }
}
