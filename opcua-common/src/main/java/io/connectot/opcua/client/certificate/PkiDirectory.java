// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.client.certificate;

import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.cert.CRL;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of certificates (OPC UA Part 12 §7.8.2 as files): {@code own}, {@code trusted}, {@code
 * issuers} and {@code rejected}. Read again for every connection, so that changes take effect on
 * the next attempt. Several tasks, connectors and workers may share one.
 */
public final class PkiDirectory {
  private static final Logger LOG = LoggerFactory.getLogger(PkiDirectory.class);

  /** The most refused certificates that are kept. */
  private static final int MAX_REJECTED = 100;

  private static final List<String> CERTIFICATES = List.of(".der", ".cer", ".crt", ".pem");

  private final Path root;

  public PkiDirectory(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  Path ownCertificates() {
    return root.resolve("own").resolve("certs");
  }

  Path ownKeys() {
    return root.resolve("own").resolve("private");
  }

  Path trusted() {
    return root.resolve("trusted");
  }

  Path issuers() {
    return root.resolve("issuers");
  }

  Path rejected() {
    return root.resolve("rejected");
  }

  /**
   * Makes the folders that are missing.
   *
   * @throws ProtocolException when that cannot be done
   */
  public void prepare() throws ProtocolException {
    try {
      for (Path folder : List.of(ownCertificates(), ownKeys(), trusted(), issuers(), rejected())) {
        Files.createDirectories(folder);
      }
      restrict(ownKeys(), "rwx------");
    } catch (IOException e) {
      throw unusable("cannot be created or opened by the worker", e);
    }
  }

  /** What an operator has to do when the folder cannot be used. */
  ProtocolException unusable(String what, Exception cause) {
    return new ProtocolException(
        Kind.CONFIGURATION,
        Scope.CONNECTION,
        "PKI_UNUSABLE",
        "the folder of certificates "
            + root
            + " "
            + what
            + " ("
            + cause
            + "); set opcua.pki.dir to a folder that the worker can read and write",
        cause);
  }

  /** The trusted certificates and revocation lists. */
  Store trustedStore() throws ProtocolException {
    return read(trusted());
  }

  /** The certificates and revocation lists of authorities that are not trusted by themselves. */
  Store issuerStore() throws ProtocolException {
    return read(issuers());
  }

  /**
   * Keeps a refused certificate for the operator, in place of the oldest when there are many.
   *
   * @return its file
   */
  Path reject(X509Certificate certificate) throws ProtocolException {
    String name =
        fileName(Certificates.commonName(certificate))
            + "-"
            + Certificates.thumbprint(certificate).substring(0, 16)
            + ".der";
    Path file = rejected().resolve(name);
    try {
      if (Files.exists(file)) {
        Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis()));
      } else {
        prune();
        write(file, certificate.getEncoded());
      }
      return file;
    } catch (IOException | GeneralSecurityException e) {
      throw unusable("cannot store the rejected certificate", e);
    }
  }

  private void prune() throws IOException {
    try (Stream<Path> files = Files.list(rejected())) {
      List<Path> oldestFirst = files.sorted(Comparator.comparing(PkiDirectory::modified)).toList();
      for (int i = 0; i <= oldestFirst.size() - MAX_REJECTED; i++) {
        Files.deleteIfExists(oldestFirst.get(i));
      }
    }
  }

  private static FileTime modified(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }

  /** Writes a file that others see as a whole or not at all, over what is there. */
  static void write(Path file, byte[] content) throws IOException {
    Path draft = draft(file, content);
    try {
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /**
   * Writes a file that only its owner may read, as a whole or not at all. Of several that do so at
   * the same time, one wins.
   */
  static void writeOnce(Path file, byte[] content) throws IOException {
    Path draft = draft(file, content);
    try {
      // A link fails when the name is taken, on every platform, and is there at once.
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException e) {
      LOG.debug("{} was made by another task", file);
    } catch (UnsupportedOperationException | IOException e) {
      // A file system without links.
      if (!Files.exists(file)) {
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
      }
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static Path draft(Path file, byte[] content) throws IOException {
    Path draft = file.resolveSibling("." + UUID.randomUUID() + ".tmp");
    Files.createFile(draft);
    restrict(draft, "rw-------");
    Files.write(draft, content);
    return draft;
  }

  private static void restrict(Path path, String permissions) throws IOException {
    if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
  }

  /** A part of a file name that any platform takes. */
  static String fileName(String text) {
    StringBuilder safe = new StringBuilder();
    for (int i = 0; i < text.length() && safe.length() < 60; i++) {
      char c = text.charAt(i);
      boolean kept = c == '-' || c == '.' || (c < 128 && Character.isLetterOrDigit(c));
      safe.append(kept ? c : '_');
    }
    return safe.length() == 0 ? "unnamed" : safe.toString();
  }

  private Store read(Path folder) throws ProtocolException {
    List<X509Certificate> certificates = new ArrayList<>();
    List<X509CRL> revocations = new ArrayList<>();
    // Two levels, for folders that were laid out with certs and crl in them.
    try (Stream<Path> files = Files.walk(folder, 2)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        read(file, certificates, revocations);
      }
    } catch (IOException e) {
      throw unusable("cannot be read by the worker", e);
    }
    return new Store(List.copyOf(certificates), List.copyOf(revocations));
  }

  private static void read(
      Path file, List<X509Certificate> certificates, List<X509CRL> revocations) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    boolean crl = name.endsWith(".crl");
    if (name.startsWith(".") || (!crl && CERTIFICATES.stream().noneMatch(name::endsWith))) {
      return;
    }
    try (InputStream in = Files.newInputStream(file)) {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      if (crl) {
        for (CRL list : factory.generateCRLs(in)) {
          revocations.add((X509CRL) list);
        }
      } else {
        for (Certificate certificate : factory.generateCertificates(in)) {
          certificates.add((X509Certificate) certificate);
        }
      }
    } catch (NoSuchFileException e) {
      LOG.debug("{} is gone", file);
    } catch (IOException | GeneralSecurityException e) {
      LOG.warn("{} is neither PEM nor DER; ignored: {}", file, e.toString());
    }
  }

  /** What a folder holds. */
  record Store(List<X509Certificate> certificates, List<X509CRL> revocations) {}
}
