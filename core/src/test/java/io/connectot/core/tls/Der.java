// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.tls;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/** What a certificate (X.509, RFC 5280) looks like in DER, as far as tests need it. */
final class Der {
  /** The extension that makes a certificate one of an authority: basicConstraints, critical. */
  static final byte[] AUTHORITY =
      sequence(
          hex("0603551D13"), // id-ce-basicConstraints
          hex("0101FF"),
          octets(sequence(hex("0101FF"))));

  /** ecdsa-with-SHA256. */
  private static final byte[] ALGORITHM = sequence(hex("06082A8648CE3D040302"));

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  private Der() {}

  /**
   * The extension subjectAlternativeName.
   *
   * @param names of the form {@code dns:localhost,dns:plc1}
   */
  static byte[] alternativeNames(String names) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (String name : names.split(",")) {
      if (!name.startsWith("dns:")) {
        throw new IllegalArgumentException("not a name of the form dns:host: " + name);
      }
      String host = name.substring("dns:".length());
      all.writeBytes(tagged(0x82, host.getBytes(StandardCharsets.US_ASCII)));
    }
    return sequence(hex("0603551D11"), octets(sequence(all.toByteArray())));
  }

  /** What is signed of a certificate. Names and key are in DER already. */
  static byte[] content(
      long serialNumber,
      byte[] issuer,
      Instant from,
      Instant until,
      byte[] subject,
      byte[] publicKey,
      byte[] extension) {
    return sequence(
        tagged(0xA0, hex("020102")), // version 3
        tagged(0x02, BigInteger.valueOf(serialNumber).toByteArray()),
        ALGORITHM,
        issuer,
        sequence(time(from), time(until)),
        subject,
        publicKey,
        tagged(0xA3, sequence(extension)));
  }

  /** A certificate of its content and the signature. */
  static byte[] signed(byte[] content, byte[] signature) {
    return sequence(content, ALGORITHM, tagged(0x03, join(new byte[1], signature)));
  }

  private static byte[] time(Instant time) {
    return tagged(0x17, TIME.format(time).getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] octets(byte[] content) {
    return tagged(0x04, content);
  }

  private static byte[] sequence(byte[]... parts) {
    return tagged(0x30, join(parts));
  }

  private static byte[] tagged(int tag, byte[] content) {
    int length = content.length;
    byte[] head;
    if (length < 0x80) {
      head = new byte[] {(byte) tag, (byte) length};
    } else if (length < 0x100) {
      head = new byte[] {(byte) tag, (byte) 0x81, (byte) length};
    } else {
      head = new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
    }
    return join(head, content);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
