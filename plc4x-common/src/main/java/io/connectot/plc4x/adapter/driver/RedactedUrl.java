// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.adapter.driver;

/** Removes connection strings from messages of drivers. */
final class RedactedUrl {
  private RedactedUrl() {}

  /** A message without the connection string, its parameters and their values. */
  static String redact(String message, String url) {
    String redacted = message.replace(url, "…");
    int query = url.indexOf('?');
    if (query < 0) {
      return redacted;
    }
    for (String parameter : url.substring(query + 1).split("&", -1)) {
      int equals = parameter.indexOf('=');
      String value = parameter.substring(equals + 1);
      // Short values are numbers and flags, not secrets, and occur in many words.
      if (value.length() > 3) {
        redacted = redacted.replace(value, "…");
      }
    }
    return redacted;
  }
}
