// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.address;

import io.connectot.core.spi.line.LineException;
import io.connectot.opcua.address.NodeAddress.ById;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * Node ids as text (OPC UA Part 6 §5.3.1.10): {@code [ns=<index>;|nsu=<uri>;]<kind>=<identifier>}.
 */
public final class NodeIdText {
  /** The namespace of OPC UA itself, whose index is 0 in every server. */
  public static final String OPC_UA = "http://opcfoundation.org/UA/";

  private static final String FORMS =
      "write nsu=<uri>;s=<name>, ns=2;i=1001, or a path like /Objects/Plant/Press1";
  private static final long MAX_NUMBER = 0xFFFF_FFFFL;

  /** OPC UA Part 3 §8.2.4. */
  private static final int MAX_TEXT = 4096;

  private NodeIdText() {}

  /**
   * Reads a node id.
   *
   * @throws LineException when it is none
   */
  static ById parse(String text) throws LineException {
    String rest = text;
    Optional<String> uri = Optional.empty();
    int index = 0;
    if (rest.startsWith("svr=")) {
      throw new LineException(
          "'" + text + "' is a node of another server; connect to that server with devices.<name>");
    }
    if (rest.startsWith("nsu=")) {
      int end = end(text, rest);
      // The tags of a server have few namespaces: they share their texts.
      uri =
          Optional.of(unescape(rest.substring(4, end)).intern())
              .filter(value -> !value.equals(OPC_UA));
      if (end == 4) {
        throw new LineException("'" + text + "' has no namespace URI after nsu=; " + FORMS);
      }
      rest = rest.substring(end + 1);
    } else if (rest.startsWith("ns=")) {
      int end = end(text, rest);
      index = index(text, rest.substring(3, end));
      rest = rest.substring(end + 1);
    }
    return new ById(uri, index, identifier(text, rest));
  }

  /** A namespace URI, escaped for use before a {@code ;}. */
  public static String escape(String uri) {
    return uri.indexOf('%') < 0 && uri.indexOf(';') < 0
        ? uri
        : uri.replace("%", "%25").replace(";", "%3B");
  }

  /** What {@link #escape} was given; other percent signs are left as they are. */
  static String unescape(String text) {
    return text.indexOf('%') < 0
        ? text
        : text.replace("%3B", ";").replace("%3b", ";").replace("%25", "%");
  }

  private static int end(String text, String rest) throws LineException {
    int end = rest.indexOf(';');
    if (end < 0) {
      throw new LineException("'" + text + "' has no ';' after the namespace; " + FORMS);
    }
    return end;
  }

  /** Reads a namespace index. */
  static int index(String text, String digits) throws LineException {
    if (isNumber(digits) && digits.length() <= 5 && Integer.parseInt(digits) <= 0xFFFF) {
      return Integer.parseInt(digits);
    }
    throw new LineException(
        "'" + text + "': the namespace index must be a number from 0 to 65535; " + FORMS);
  }

  private static String identifier(String text, String identifier) throws LineException {
    if (identifier.length() < 2 || identifier.charAt(1) != '=') {
      throw new LineException("'" + text + "' is no node id; " + FORMS);
    }
    String value = identifier.substring(2);
    return switch (identifier.charAt(0)) {
      case 'i' -> "i=" + number(text, value);
      case 's' -> "s=" + text(text, value);
      case 'g' -> "g=" + guid(text, value);
      case 'b' -> "b=" + bytes(text, value);
      default ->
          throw new LineException(
              "'" + text + "': the identifier must begin with i=, s=, g= or b=; " + FORMS);
    };
  }

  private static String number(String text, String value) throws LineException {
    if (isNumber(value) && value.length() <= 10 && Long.parseLong(value) <= MAX_NUMBER) {
      return Long.toString(Long.parseLong(value));
    }
    throw new LineException("'" + text + "': i= must be a number from 0 to 4294967295");
  }

  private static String text(String text, String value) throws LineException {
    if (value.isEmpty() || value.length() > MAX_TEXT) {
      throw new LineException("'" + text + "': s= must have 1 to 4096 characters");
    }
    return value;
  }

  private static String guid(String text, String value) throws LineException {
    try {
      String guid = UUID.fromString(value).toString();
      // Groups with too many digits are cut off, and those with too few filled up.
      if (guid.equalsIgnoreCase(value)) {
        return guid;
      }
    } catch (IllegalArgumentException e) {
      // Falls through to the one message for anything that is no GUID.
    }
    throw new LineException(
        "'" + text + "': g= must be a GUID like 09087e75-8e5e-499b-954f-f2a9603db28a");
  }

  private static String bytes(String text, String value) throws LineException {
    try {
      byte[] bytes = Base64.getDecoder().decode(value);
      if (bytes.length > 0) {
        return Base64.getEncoder().encodeToString(bytes);
      }
    } catch (IllegalArgumentException e) {
      // Falls through to the one message for anything else.
    }
    throw new LineException(
        "'" + text + "': b= must be bytes in base64, like M/RbKBsRVkePCePcx24oRA==");
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
