// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.console.web;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Configuration;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/**
 * Refuses requests of other sites' pages, and requests under names that are not the worker's. The
 * files of the pages, which may be linked from other sites, and the worker's own API are left
 * alone.
 */
@Guarded
public final class RequestGuard implements ContainerRequestFilter {
  private final HostNames names;

  /**
   * The guard of a worker.
   *
   * @param configuration has what the console knows
   */
  public RequestGuard(@Context Configuration configuration) {
    this.names = ((Api) configuration.getProperty(Api.PROPERTY)).names();
  }

  @Override
  public void filter(ContainerRequestContext request) {
    String host = request.getHeaderString(HttpHeaders.HOST);
    if (!names.allow(host)) {
      request.abortWith(
          Response.fromResponse(Responses.status(Response.Status.FORBIDDEN))
              .entity(
                  "The console does not know that this worker is called by the name in the header"
                      + " Host. If it is, add the name to ot.console.hosts in the worker's"
                      + " properties.\n")
              .type(MediaType.TEXT_PLAIN_TYPE)
              .build());
    } else if (Responses.isForeign(
        request.getHeaderString("Sec-Fetch-Site"), request.getHeaderString("Origin"), host)) {
      request.abortWith(Responses.status(Response.Status.FORBIDDEN));
    }
  }
}
