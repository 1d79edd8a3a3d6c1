// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.document;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what is wrong with a JSON document, without the names of the parser's switches. */
final class JsonErrors {
  private static final int MAX_MESSAGE = 300;

  private static final Pattern DUPLICATE = Pattern.compile("Duplicate field '(.*)' for .*");
  private static final Pattern NUMBER =
      Pattern.compile("Non-standard token '([^']*)'.*", Pattern.DOTALL);
  private static final Pattern SWITCHES =
      Pattern.compile("[,:]? ?\\(?(from|enable|bound as|use|see) `[^`]*`.*");

  private JsonErrors() {}

  /** The reason, with its position if known. */
  static String reason(JsonProcessingException e) {
    String message = firstLine(e.getOriginalMessage());
    Matcher duplicate = DUPLICATE.matcher(message);
    if (duplicate.matches()) {
      return "the field '" + duplicate.group(1) + "' occurs twice";
    }
    Matcher number = NUMBER.matcher(message);
    if (number.matches()) {
      return number.group(1) + " is not a number of JSON" + position(e);
    }
    if (message.startsWith("Trailing token")) {
      return "there is more text after the end of the document"
          + position(e)
          + "; read a document per line with format=ndjson";
    }
    if (message.startsWith("Unexpected end-of-input")) {
      return "it ends too early" + position(e);
    }
    if (message.contains("nesting depth")) {
      return "its nesting depth exceeds " + JsonDocuments.MAX_DEPTH;
    }
    if (message.startsWith("Number value length")) {
      return "a number has too many digits" + position(e);
    }
    String text = SWITCHES.matcher(message).replaceFirst("").replace("`", "");
    return (text.length() <= MAX_MESSAGE ? text : text.substring(0, MAX_MESSAGE) + "…")
        + position(e);
  }

  private static String position(JsonProcessingException e) {
    JsonLocation location = e.getLocation();
    return location == null || location.getLineNr() < 1
        ? ""
        : ", line " + location.getLineNr() + ", column " + location.getColumnNr();
  }

  private static String firstLine(String message) {
    String text = message == null ? "unreadable" : message;
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end);
  }
}
