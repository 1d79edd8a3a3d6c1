// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.client.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.spi.ProtocolException;
import io.connectot.opcua.client.ClientConfigs;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerCertificateValidatorTest {
  private static final String URI = "urn:plant:server";
  private static final String[] HOST = {"plant.example"};

  private static KeyPair keys;
  private static KeyPair authorityKeys;
  private static KeyPair intermediateKeys;

  @TempDir private Path folder;

  @BeforeAll
  static void makeKeys() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    keys = generator.generateKeyPair();
    authorityKeys = generator.generateKeyPair();
    intermediateKeys = generator.generateKeyPair();
  }

  @BeforeEach
  void makeFolders() throws Exception {
    new PkiDirectory(folder).prepare();
  }

  @Test
  void trustsWhatIsInTheFolderAsDerOrPem() throws Exception {
    X509Certificate server = selfSigned(1, Instant.now().plus(Duration.ofDays(1)));
    put("trusted/a.der", server);
    assertThatCode(() -> trust().validateCertificateChain(List.of(server), URI, HOST))
        .doesNotThrowAnyException();

    Files.delete(folder.resolve("trusted/a.der"));
    Files.createDirectories(folder.resolve("trusted/certs"));
    Files.writeString(
        folder.resolve("trusted/certs/a.pem"),
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(server.getEncoded())
            + "\n-----END CERTIFICATE-----\n");
    assertThatCode(() -> trust().validateCertificateChain(List.of(server), URI, HOST))
        .doesNotThrowAnyException();
  }

  @Test
  void leavesOutFilesThatAreNoCertificates() throws Exception {
    X509Certificate server = selfSigned(1, Instant.now().plus(Duration.ofDays(1)));
    put("trusted/a.der", server);
    Files.writeString(folder.resolve("trusted/b.der"), "garbage", StandardCharsets.US_ASCII);
    Files.writeString(folder.resolve("trusted/notes.txt"), "whose is a.der?");
    assertThatCode(() -> trust().validateCertificateChain(List.of(server), URI, HOST))
        .doesNotThrowAnyException();
  }

  @Test
  void saysWhenACertificateHasChanged() throws Exception {
    X509Certificate before = selfSigned(1, Instant.now().plus(Duration.ofDays(1)));
    X509Certificate after = selfSigned(2, Instant.now().plus(Duration.ofDays(2)));
    put("trusted/a.der", before);
    assertThat(refusal(after, URI, HOST))
        .hasMessageContaining("has changed")
        .hasMessageContaining(Certificates.thumbprint(before))
        .hasMessageContaining(Certificates.thumbprint(after));
    assertThat(rejected()).isEqualTo(1);
  }

  @Test
  void refusesWhatHasExpired() throws Exception {
    X509Certificate server = selfSigned(1, Instant.now().minus(Duration.ofDays(1)));
    put("trusted/a.der", server);
    ProtocolException refusal = refusal(server, URI, HOST);
    assertThat(refusal.status()).contains("Bad_CertificateTimeInvalid");
    assertThat(refusal).hasMessageContaining("valid from");
  }

  @Test
  void refusesAnotherHostOrApplication() throws Exception {
    X509Certificate server = selfSigned(1, Instant.now().plus(Duration.ofDays(1)));
    put("trusted/a.der", server);
    assertThat(refusal(server, URI, new String[] {"other.example"}))
        .hasMessageContaining("other.example")
        .hasMessageContaining("opcua.trust.check.host=false");
    assertThat(refusal(server, "urn:other", HOST)).hasMessageContaining("urn:other");
    assertThatCode(
            () ->
                trust("opcua.trust.check.host", "false")
                    .validateCertificateChain(List.of(server), URI, new String[] {"other.example"}))
        .doesNotThrowAnyException();
  }

  @Test
  void saysThatTheUriOfACertificateCannotBeRead() throws Exception {
    X500Name name = new X500Name("CN=Server");
    X509v3CertificateBuilder builder =
        builder(name, BigInteger.TEN, Instant.now().plus(Duration.ofDays(1)), name, keys);
    builder.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(
            new GeneralName[] {
              new GeneralName(GeneralName.uniformResourceIdentifier, "urn:plant:Line 1 server"),
              new GeneralName(GeneralName.dNSName, HOST[0]),
            }));
    X509Certificate server = build(builder, keys);
    put("trusted/blank.der", server);

    assertThat(refusal(server, "urn:plant:Line 1 server", HOST))
        .hasMessageContaining("its URI contains a blank")
        .hasMessageContaining("opcua.trust.server.thumbprint");
  }

  @Test
  void knowsIpv6AddressesInAnyForm() throws Exception {
    X509Certificate server = selfSigned(1, Instant.now().plus(Duration.ofDays(1)));
    put("trusted/a.der", server);
    assertThatCode(
            () ->
                trust().validateCertificateChain(List.of(server), URI, new String[] {"[fd00::5]"}))
        .doesNotThrowAnyException();
  }

  @Test
  void trustsWhatATrustedAuthorityHasSigned() throws Exception {
    X509Certificate authority = authority();
    X509Certificate server = signed(7);
    put("trusted/ca.crt", authority);
    assertThatCode(() -> trust().validateCertificateChain(List.of(server), URI, HOST))
        .doesNotThrowAnyException();
  }

  @Test
  void doesNotTrustWhatAnIssuerHasSigned() throws Exception {
    X509Certificate authority = authority();
    X509Certificate server = signed(7);
    put("issuers/ca.crt", authority);
    assertThat(refusal(server, URI, HOST)).hasMessageContaining("is not trusted");
    put("trusted/server.der", server);
    assertThatCode(() -> trust().validateCertificateChain(List.of(server), URI, HOST))
        .doesNotThrowAnyException();
  }

  @Test
  void refusesWhatIsRevoked() throws Exception {
    put("trusted/ca.crt", authority());
    revoke("trusted/ca.crl", "CN=Authority", 7, authorityKeys);

    assertThat(refusal(signed(7), URI, HOST).status()).contains("Bad_CertificateRevoked");
    assertThatCode(() -> trust().validateCertificateChain(List.of(signed(8)), URI, HOST))
        .doesNotThrowAnyException();
  }

  @Test
  void trustsAChainWhetherTheServerSendsItOrNot() throws Exception {
    X509Certificate between = intermediate(3, Instant.now().plus(Duration.ofDays(5)));
    X509Certificate server = signedByIntermediate(9);
    put("trusted/ca.crt", authority());

    assertThatCode(() -> trust().validateCertificateChain(List.of(server, between), URI, HOST))
        .doesNotThrowAnyException();
    assertThat(refusal(server, URI, HOST))
        .hasMessageContaining("put the certificate of its authority CN=Line authority there")
        .hasMessageContaining(folder.resolve("issuers").toString());
    put("issuers/between.crt", between);
    assertThatCode(() -> trust().validateCertificateChain(List.of(server), URI, HOST))
        .doesNotThrowAnyException();
  }

  @Test
  void saysThatAnAuthorityHasExpired() throws Exception {
    X509Certificate between = intermediate(3, Instant.now().minus(Duration.ofDays(1)));
    put("trusted/ca.crt", authority());
    put("issuers/between.crt", between);

    ProtocolException refusal = refusal(signedByIntermediate(9), URI, HOST);

    assertThat(refusal.status()).contains("Bad_CertificateIssuerTimeInvalid");
    assertThat(refusal)
        .hasMessageContaining("is issued by " + Certificates.describe(between))
        .hasMessageContaining("renew both");
  }

  @Test
  void refusesWhatAnAuthorityBetweenRevokedOrWhoseAuthorityIsRevoked() throws Exception {
    X509Certificate between = intermediate(3, Instant.now().plus(Duration.ofDays(5)));
    put("trusted/ca.crt", authority());
    put("issuers/between.crt", between);
    revoke("issuers/between.crl", "CN=Line authority", 9, intermediateKeys);

    assertThat(refusal(signedByIntermediate(9), URI, HOST).status())
        .contains("Bad_CertificateRevoked");
    assertThatCode(
            () -> trust().validateCertificateChain(List.of(signedByIntermediate(10)), URI, HOST))
        .doesNotThrowAnyException();
    revoke("trusted/ca.crl", "CN=Authority", 3, authorityKeys);
    assertThat(refusal(signedByIntermediate(10), URI, HOST))
        .hasMessageContaining("revoked " + Certificates.describe(between));
  }

  @Test
  void ignoresTheListOfAnotherAuthorityWithTheSameName() throws Exception {
    put("trusted/ca.crt", authority());
    revoke("trusted/ca.crl", "CN=Authority", 7, intermediateKeys);

    assertThatCode(() -> trust().validateCertificateChain(List.of(signed(7)), URI, HOST))
        .doesNotThrowAnyException();
  }

  @Test
  void keepsOnlySoManyRejectedOnes() throws Exception {
    for (int i = 0; i < 105; i++) {
      new PkiDirectory(folder).reject(selfSigned(i + 1, Instant.now().plus(Duration.ofDays(1))));
    }
    assertThat(rejected()).isEqualTo(100);
  }

  private ServerCertificateValidator trust(String... keysAndValues) {
    return new ServerCertificateValidator(
        ClientConfigs.of(folder, keysAndValues),
        new PkiDirectory(folder),
        "opc.tcp://plant.example");
  }

  private ProtocolException refusal(X509Certificate server, String uri, String[] hosts) {
    ServerCertificateValidator trust = trust();
    assertThatThrownBy(() -> trust.validateCertificateChain(List.of(server), uri, hosts))
        .isInstanceOf(UaException.class);
    ProtocolException refusal = trust.refusal().orElseThrow();
    assertThat(refusal.kind()).isEqualTo(ProtocolException.Kind.CONFIGURATION);
    return refusal;
  }

  private long rejected() throws Exception {
    try (Stream<Path> files = Files.list(folder.resolve("rejected"))) {
      return files.count();
    }
  }

  private void put(String file, X509Certificate certificate) throws Exception {
    Files.write(folder.resolve(file), certificate.getEncoded());
  }

  private void revoke(String file, String authority, int serial, KeyPair signer) throws Exception {
    X509v2CRLBuilder list = new X509v2CRLBuilder(new X500Name(authority), new Date());
    list.setNextUpdate(Date.from(Instant.now().plus(Duration.ofDays(1))));
    list.addCRLEntry(BigInteger.valueOf(serial), new Date(), CRLReason.keyCompromise);
    X509CRL crl = new JcaX509CRLConverter().getCRL(list.build(signer(signer)));
    Files.write(folder.resolve(file), crl.getEncoded());
  }

  private static X509Certificate intermediate(int serial, Instant end) throws Exception {
    X509v3CertificateBuilder builder =
        builder(
            new X500Name("CN=Authority"),
            BigInteger.valueOf(serial),
            end,
            new X500Name("CN=Line authority"),
            intermediateKeys);
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    return build(builder, authorityKeys);
  }

  private static X509Certificate signedByIntermediate(int serial) throws Exception {
    return server(
        new X500Name("CN=Line authority"),
        serial,
        Instant.now().plus(Duration.ofDays(5)),
        intermediateKeys);
  }

  private static X509Certificate authority() throws Exception {
    X500Name name = new X500Name("CN=Authority");
    X509v3CertificateBuilder builder =
        builder(name, BigInteger.ONE, Instant.now().plus(Duration.ofDays(9)), name, authorityKeys);
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    return build(builder, authorityKeys);
  }

  private static X509Certificate signed(int serial) throws Exception {
    return server(
        new X500Name("CN=Authority"),
        serial,
        Instant.now().plus(Duration.ofDays(5)),
        authorityKeys);
  }

  private static X509Certificate selfSigned(int serial, Instant end) throws Exception {
    return server(new X500Name("CN=Server"), serial, end, keys);
  }

  private static X509Certificate server(X500Name issuer, int serial, Instant end, KeyPair signer)
      throws Exception {
    X509v3CertificateBuilder builder =
        builder(issuer, BigInteger.valueOf(serial), end, new X500Name("CN=Server"), keys);
    builder.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(
            new GeneralName[] {
              new GeneralName(GeneralName.uniformResourceIdentifier, URI),
              new GeneralName(GeneralName.dNSName, HOST[0]),
              new GeneralName(GeneralName.iPAddress, "fd00::5"),
            }));
    return build(builder, signer);
  }

  private static X509v3CertificateBuilder builder(
      X500Name issuer, BigInteger serial, Instant end, X500Name subject, KeyPair subjectKeys) {
    return new JcaX509v3CertificateBuilder(
        issuer,
        serial,
        Date.from(end.minus(Duration.ofDays(30))),
        Date.from(end),
        subject,
        subjectKeys.getPublic());
  }

  private static X509Certificate build(X509v3CertificateBuilder builder, KeyPair signer)
      throws Exception {
    return new JcaX509CertificateConverter().getCertificate(builder.build(signer(signer)));
  }

  private static ContentSigner signer(KeyPair pair) throws Exception {
    return new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate());
  }
}
