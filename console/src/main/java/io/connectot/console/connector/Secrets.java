// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.console.connector;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The secrets of a configuration. */
public final class Secrets {
  static final String HIDDEN = "[hidden]";

  private static final Pattern SECRET_KEY =
      Pattern.compile(
          "(?i).*(password|passphrase|secret|token|credential|jaas|api[._-]?key|"
              + "private[._-]?key|keystore\\.key|userinfo|user\\.info).*");

  /** Keys that name a file only. */
  private static final Pattern FILE_KEY = Pattern.compile("(?i).*(location|file)");

  /** Up to the last @, as a password may have one itself. */
  private static final Pattern USER_OF_URL = Pattern.compile("://\\S*@");

  private static final Pattern PARAMETER =
      Pattern.compile(
          "(?i)((?:password|passphrase|passwd|pwd|secret|token|credential|api[._-]?key)[^=\\s]*=)"
              + "(\"(?:[^\"\\\\]|\\\\.)*\"|[^\\s&]+)");

  /** Up to the last @; the user and what follows the first colon, the password. */
  private static final Pattern LOGIN = Pattern.compile("://([^\\s:@]*):?(\\S*)@");

  private static final String PRIVATE_KEY = "PRIVATE KEY-----";

  private Secrets() {}

  /** The configuration with {@link #HIDDEN} in place of every secret, by key. */
  static Map<String, String> masked(Map<String, String> config) {
    Map<String, String> masked = new TreeMap<>();
    config.forEach((key, value) -> masked.put(key, mask(key, value)));
    return masked;
  }

  /** The parts of a value that are secret: all of it, or passwords in it. */
  public static List<String> of(String key, String value) {
    if (isSecret(key) || value.contains(PRIVATE_KEY)) {
      return List.of(value);
    }
    List<String> secrets = new ArrayList<>();
    Matcher login = LOGIN.matcher(value);
    while (login.find()) {
      secrets.add(login.group(2));
    }
    Matcher parameter = PARAMETER.matcher(value);
    while (parameter.find()) {
      secrets.add(parameter.group(2));
    }
    return secrets;
  }

  private static boolean isSecret(String key) {
    return SECRET_KEY.matcher(key).matches() && !FILE_KEY.matcher(key).matches();
  }

  private static String mask(String key, String value) {
    if (value == null) {
      return "";
    }
    if (isSecret(key) || value.contains(PRIVATE_KEY)) {
      return HIDDEN;
    }
    String withoutUser = USER_OF_URL.matcher(value).replaceAll("://" + HIDDEN + "@");
    return PARAMETER.matcher(withoutUser).replaceAll("$1" + HIDDEN);
  }
}
