// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** The packaged plugins on real workers against real servers. */
package io.connectot.it;
