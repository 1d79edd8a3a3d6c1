// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.breakit;

import java.util.Locale;

/** Which requests may break the plant: those of this machine that no other site's page makes. */
final class LocalRequest {
  private LocalRequest() {}

  /**
   * Whether the page of this worker makes the request, or a program. Each header is null without a
   * value.
   *
   * @param host names this machine; a site whose name server answers with its address does not
   * @param origin the site of the page that asks, set by browsers
   * @param site the same, in newer browsers
   */
  static boolean isAllowed(String host, String origin, String site) {
    if (host == null
        || !host.toLowerCase(Locale.ROOT)
            .matches("(127\\.0\\.0\\.1|localhost|\\[::1])(:[0-9]+)?")) {
      return false;
    }
    boolean own = site == null || site.equals("same-origin") || site.equals("none");
    return own && (origin == null || origin.equals("http://" + host));
  }
}
