// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Certificates for tests, made by the JDK's keytool: an authority, a server and a client it signed,
 * and an authority nobody trusts. Files lie in the folder given.
 */
public final class TestCertificates {
  /** Of every store and key. */
  public static final String PASSWORD = "changeit";

  private final Path folder;

  /** Makes nothing yet. */
  public TestCertificates(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes an authority: a PKCS12 store {@code <name>.p12} with its key, and {@code <name>.crt}.
   *
   * @return its certificate
   */
  public Path authority(String name) {
    Path store = folder.resolve(name + ".p12");
    keytool(
        "-genkeypair",
        "-alias",
        name,
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1",
        "-dname",
        "CN=" + name,
        "-ext",
        "bc:c",
        "-validity",
        "3650",
        "-keystore",
        store.toString(),
        "-storetype",
        "PKCS12",
        "-storepass",
        PASSWORD);
    Path certificate = folder.resolve(name + ".crt");
    keytool(
        "-exportcert",
        "-rfc",
        "-alias",
        name,
        "-keystore",
        store.toString(),
        "-storepass",
        PASSWORD,
        "-file",
        certificate.toString());
    return certificate;
  }

  /**
   * Makes a key with a certificate that an authority signed.
   *
   * @param names subject alternative names, e.g. {@code dns:localhost}
   * @return a PKCS12 store with key and chain
   */
  public Path signed(String name, String authority, String names) {
    Path store = folder.resolve(name + ".p12");
    Path request = folder.resolve(name + ".csr");
    Path certificate = folder.resolve(name + ".crt");
    Path authorityStore = folder.resolve(authority + ".p12");
    keytool(
        "-genkeypair",
        "-alias",
        name,
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1",
        "-dname",
        "CN=" + name,
        "-validity",
        "3650",
        "-keystore",
        store.toString(),
        "-storetype",
        "PKCS12",
        "-storepass",
        PASSWORD);
    keytool(
        "-certreq",
        "-alias",
        name,
        "-keystore",
        store.toString(),
        "-storepass",
        PASSWORD,
        "-file",
        request.toString());
    keytool(
        "-gencert",
        "-rfc",
        "-alias",
        authority,
        "-keystore",
        authorityStore.toString(),
        "-storepass",
        PASSWORD,
        "-ext",
        "san=" + names,
        "-validity",
        "3650",
        "-infile",
        request.toString(),
        "-outfile",
        certificate.toString());
    keytool(
        "-importcert",
        "-noprompt",
        "-alias",
        authority,
        "-keystore",
        store.toString(),
        "-storepass",
        PASSWORD,
        "-file",
        folder.resolve(authority + ".crt").toString());
    keytool(
        "-importcert",
        "-noprompt",
        "-alias",
        name,
        "-keystore",
        store.toString(),
        "-storepass",
        PASSWORD,
        "-file",
        certificate.toString());
    return store;
  }

  /** Makes a truststore of a type with one certificate. */
  public Path truststore(String name, String type, Path certificate) {
    Path store = folder.resolve(name);
    keytool(
        "-importcert",
        "-noprompt",
        "-alias",
        "trusted",
        "-keystore",
        store.toString(),
        "-storetype",
        type,
        "-storepass",
        PASSWORD,
        "-file",
        certificate.toString());
    return store;
  }

  /** Opens a PKCS12 store. */
  public static KeyStore open(Path store) throws IOException, GeneralSecurityException {
    KeyStore opened = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      opened.load(in, PASSWORD.toCharArray());
    }
    return opened;
  }

  /** The private key of a PKCS12 store in PEM form. */
  public static String privateKeyPem(Path store, String alias)
      throws IOException, GeneralSecurityException {
    Key key = open(store).getKey(alias, PASSWORD.toCharArray());
    return pem("PRIVATE KEY", key.getEncoded());
  }

  /** The certificate chain of a key of a PKCS12 store in PEM form. */
  public static String chainPem(Path store, String alias)
      throws IOException, GeneralSecurityException {
    StringBuilder chain = new StringBuilder();
    for (Certificate certificate : open(store).getCertificateChain(alias)) {
      chain.append(pem("CERTIFICATE", certificate.getEncoded()));
    }
    return chain.toString();
  }

  private static String pem(String what, byte[] content) {
    Base64.Encoder encoder = Base64.getMimeEncoder(64, new byte[] {'\n'});
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(what, encoder.encodeToString(content), what);
  }

  private static void keytool(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException("keytool failed: " + output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
