// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
/** Generates the resources of {@code deploy/strimzi} from the examples of the archive. */
package io.connectot.deploy.strimzi;
