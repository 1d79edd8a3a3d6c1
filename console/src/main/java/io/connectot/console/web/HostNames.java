// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.console.web;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names under which requests may address the worker. A page of another site can make a browser
 * ask the worker under the site's own name, by an answer of its name server that changes (DNS
 * rebinding); the browser then takes the answer for one of that site. So public names are refused
 * unless they are known to be the worker's. Immutable.
 */
public final class HostNames {
  /** Suffixes of names that are not in public DNS: RFC 6762, 6761, 8375, and common ones. */
  private static final List<String> PRIVATE =
      List.of(
          ".local",
          ".localhost",
          ".localdomain",
          ".internal",
          ".lan",
          ".home",
          ".corp",
          ".home.arpa",
          ".test",
          ".svc");

  private final Set<String> known = new TreeSet<>();

  /**
   * The names of a worker, of which some may be null or empty.
   *
   * @param configured from the worker's properties, with or without a port
   */
  public HostNames(List<String> configured) {
    for (String name : configured) {
      if (name != null && !name.isBlank()) {
        known.add(withoutPort(name.strip()));
      }
    }
  }

  /**
   * Whether a request may be answered.
   *
   * @param host its header {@code Host}; without it no browser has made the request
   */
  public boolean allow(String host) {
    if (host == null || host.isBlank()) {
      return true;
    }
    String name = withoutPort(host.strip());
    return isAddress(name)
        || !name.contains(".")
        || known.contains(name)
        || PRIVATE.stream().anyMatch(name::endsWith);
  }

  /** Whether it is an address, which is in no domain: {@code 10.0.0.5}, {@code [::1]}. */
  private static boolean isAddress(String name) {
    return name.startsWith("[") || name.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
  }

  private static String withoutPort(String host) {
    String name = host.toLowerCase(Locale.ROOT).replaceFirst(":[0-9]*$", "");
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  /** The host of a listener such as {@code https://worker1.example.com:8083}; null without one. */
  public static String ofListener(String listener) {
    try {
      return new URI(listener.strip()).getHost();
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
