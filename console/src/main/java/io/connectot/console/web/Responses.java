// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.console.web;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Responses with the headers that keep a page to itself. */
final class Responses {
  static final String JSON = MediaType.APPLICATION_JSON + ";charset=utf-8";

  /** Nothing from other hosts, no inline scripts, in no frame. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private Responses() {}

  /** An answer that no cache keeps. */
  static Response ok(Object entity, String type) {
    return with(Response.ok(entity, type)).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
  }

  /** A file that does not change while the worker runs. */
  static Response file(byte[] content, String type) {
    return with(Response.ok(content, type)).header(HttpHeaders.CACHE_CONTROL, "no-cache").build();
  }

  /** An answer without a body. */
  static Response status(Response.Status status) {
    return with(Response.status(status)).build();
  }

  /** An answer with JSON. */
  static Response status(Response.Status status, String json) {
    return with(Response.status(status).entity(json).type(JSON))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  private static Response.ResponseBuilder with(Response.ResponseBuilder response) {
    return response
        .header("Content-Security-Policy", POLICY)
        .header("X-Content-Type-Options", "nosniff")
        .header("X-Frame-Options", "DENY")
        .header("Referrer-Policy", "no-referrer")
        .header("Cross-Origin-Resource-Policy", "same-origin");
  }

  /**
   * Whether another site's page makes the request: browsers say so in {@code Sec-Fetch-Site}, and
   * older ones in {@code Origin}.
   */
  static boolean isForeign(HttpHeaders headers) {
    return isForeign(
        headers.getHeaderString("Sec-Fetch-Site"),
        headers.getHeaderString("Origin"),
        headers.getHeaderString(HttpHeaders.HOST));
  }

  /** The same by the values of the headers, each null without one. */
  static boolean isForeign(String site, String origin, String host) {
    if (site != null && !site.equals("same-origin") && !site.equals("none")) {
      return true;
    }
    return origin != null && (host == null || !origin.endsWith("://" + host));
  }
}
