// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.config;

import io.connectot.core.config.Configuration;
import io.connectot.core.config.Key;
import io.connectot.core.config.Keys;
import io.connectot.core.spi.line.LineException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/** The keys of message security and trust. */
public final class OpcUaSecurityConfig {
  public static final Key<SecurityPolicyOption> POLICY =
      Key.choice("opcua.security.policy", SecurityPolicyOption.class, SecurityPolicyOption.AUTO)
          .display("Security policy")
          .doc(
              "The security policy. auto takes the strongest policy that the server offers, and"
                  + " None only if opcua.security.allow.none is true and the server offers nothing"
                  + " else. Basic128Rsa15 and Basic256 use SHA-1; they are for old servers.");

  public static final Key<MessageSecurity> MODE =
      Key.choice("opcua.security.mode", MessageSecurity.class, MessageSecurity.AUTO)
          .importance(Importance.LOW)
          .display("Message security")
          .doc(
              "Whether messages are signed, or signed and encrypted. auto encrypts if the server"
                  + " supports it.");

  public static final Key<Boolean> ALLOW_NONE =
      Key.flag("opcua.security.allow.none", false)
          .display("Allow no security")
          .doc(
              "Whether the connector may use an unprotected connection. On such a connection anyone"
                  + " on the network can read and change messages, and the server is not"
                  + " authenticated.");

  /** Read with {@link #applicationUri}. */
  public static final Key<Optional<String>> APPLICATION_URI =
      Key.optional("opcua.application.uri", "", "a URI", OpcUaSecurityConfig::uri)
          .importance(Importance.LOW)
          .display("Application URI")
          .doc(
              "The connector's application URI; its certificate contains the same URI. The default"
                  + " is urn:connect-ot:opcua: and the name of the connector. Servers transfer the"
                  + " subscription of an anonymous user to the same URI only, so do not change"
                  + " it.");

  public static final Key<Path> PKI_DIR =
      Key.path("opcua.pki.dir", "", null)
          .as(path -> path.orElseGet(OpcUaSecurityConfig::defaultFolder))
          .width(Width.MEDIUM)
          .display("Folder of certificates")
          .doc(
              "The folder of certificates on each worker, created if it is missing. own/certs has"
                  + " the certificate that servers have to trust; trusted and issuers have the"
                  + " certificates of servers and of the authorities that signed them (PEM or DER,"
                  + " with revocation lists beside them); rejected has those that were refused:"
                  + " move one to trusted to trust it. The default is .connect-ot/opcua-pki in the"
                  + " home folder of the worker's user.");

  public static final Key<Optional<Path>> CLIENT_CERT_FILE =
      Key.path("opcua.client.cert.file", "", null)
          .importance(Importance.LOW)
          .width(Width.MEDIUM)
          .display("Own certificate")
          .doc(
              "The file of the connector's own certificate, on every worker: PEM with the chain,"
                  + " DER, or PKCS#12 (.p12, .pfx) with the private key. It must contain the"
                  + " application URI. By default the connector creates one and keeps it in own of"
                  + " the folder of certificates.");

  public static final Key<Optional<Path>> CLIENT_CERT_KEY_FILE =
      Key.path("opcua.client.cert.key.file", "", null)
          .importance(Importance.LOW)
          .width(Width.MEDIUM)
          .display("Own private key")
          .doc("The PEM file of the private key, if the certificate's file does not contain it.");

  public static final Key<Optional<Password>> CLIENT_CERT_PASSWORD =
      Key.password("opcua.client.cert.password")
          .importance(Importance.LOW)
          .display("Password of the own private key")
          .doc("The password of the private key or of the PKCS#12 file.");

  /** 64 lower-case hex digits each. */
  public static final Key<List<String>> TRUST_THUMBPRINT =
      Key.list("opcua.trust.server.thumbprint", "")
          .parsedBy("SHA-256 thumbprints in hex", OpcUaSecurityConfig::thumbprints)
          .display("Thumbprints of trusted servers")
          .doc(
              "The SHA-256 thumbprints of trusted server certificates, in hex. If set, the"
                  + " connector trusts these only and does not use the folder of certificates.");

  public static final Key<Boolean> TRUST_AUTO_ACCEPT =
      Key.flag("opcua.trust.auto.accept", false)
          .importance(Importance.LOW)
          .display("Trust any server")
          .doc(
              "Whether to trust any server certificate. For first tests only: anyone on the network"
                  + " can pose as the server.");

  public static final Key<Boolean> TRUST_CHECK_HOST =
      Key.flag("opcua.trust.check.host", true)
          .importance(Importance.LOW)
          .display("Check the host name")
          .doc(
              "Whether a server certificate must name the host of the device line. Set it to false"
                  + " for servers behind address translation whose certificates name another host."
                  + " A certificate trusted by its thumbprint may name any host.");

  public static final Keys KEYS =
      Keys.group(
          "OPC UA security",
          POLICY,
          MODE,
          ALLOW_NONE,
          APPLICATION_URI,
          PKI_DIR,
          CLIENT_CERT_FILE,
          CLIENT_CERT_KEY_FILE,
          CLIENT_CERT_PASSWORD,
          TRUST_THUMBPRINT,
          TRUST_AUTO_ACCEPT,
          TRUST_CHECK_HOST);

  private static final int THUMBPRINT_DIGITS = 64;

  private OpcUaSecurityConfig() {}

  /** The URI that identifies the connector to servers. */
  public static String applicationUri(Configuration config) {
    return config
        .get(APPLICATION_URI)
        .orElseGet(
            () -> "urn:connect-ot:opcua:" + uriSafe(config.connectorName().orElse("connector")));
  }

  /**
   * The connector's own certificate; empty if none is configured, so that one is made.
   *
   * @throws ConfigException when a private key is configured, but no certificate
   */
  public static Optional<KeyFiles> clientCertificate(Configuration config) {
    return KeyFiles.of(config, CLIENT_CERT_FILE, CLIENT_CERT_KEY_FILE, CLIENT_CERT_PASSWORD);
  }

  /**
   * Checks the keys against each other.
   *
   * @throws ConfigException when they contradict each other, naming one of them
   */
  static void check(Configuration config) {
    if (config.get(POLICY) == SecurityPolicyOption.NONE && !config.get(ALLOW_NONE)) {
      throw config.error(
          POLICY, "means no security; to allow that, also set " + ALLOW_NONE + "=true");
    }
    if (config.get(TRUST_AUTO_ACCEPT) && !config.get(TRUST_THUMBPRINT).isEmpty()) {
      throw config.error(
          TRUST_AUTO_ACCEPT,
          "trusts any server, but " + TRUST_THUMBPRINT + " names some; remove one of them");
    }
    clientCertificate(config);
  }

  private static String uri(String text) throws LineException {
    try {
      if (new URI(text).isAbsolute()) {
        return text;
      }
    } catch (URISyntaxException e) {
      // Falls through to the one message for anything else.
    }
    throw new LineException("must be a URI like urn:acme:munich:connect");
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

  private static List<String> thumbprints(List<String> texts) throws LineException {
    List<String> thumbprints = new ArrayList<>();
    for (String text : texts) {
      String digits = text.replace(":", "").replace(" ", "").toLowerCase(Locale.ROOT);
      if (digits.length() != THUMBPRINT_DIGITS
          || !digits.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
        throw new LineException(
            "'" + text + "' is not a SHA-256 thumbprint: 64 hex digits, colons between allowed");
      }
      thumbprints.add(digits);
    }
    return thumbprints;
  }
}
